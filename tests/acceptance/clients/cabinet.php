<?php
/**
 * A cabinet on the vendor's PHP class, as clients.md describes it: everything percent-encoded, format=json, an empty hash_key,
 * the context's password from the JSON twin of the configuration, cookies kept, redirects followed; status first, then `error`.
 *
 * php cabinet.php URL CONFIG_JSON, with {"login", "passwd", "ip"} as the input; prints what its pages would show.
 */

declare(strict_types=1);

final class Failed extends RuntimeException
{
}

final class Api
{
    public readonly string $password;
    public int $redirects = 0;
    private CurlHandle $curl;

    public function __construct(private string $url, string $configJson, private string $context = 'web')
    {
        $config = json_decode(file_get_contents($configJson), true, flags: JSON_THROW_ON_ERROR);
        $this->password = $config['network']["api.$context.psw"][0] ?? '';
        $this->curl = curl_init();
    }

    /** One call of web_cabinet; what it answers. */
    public function call(string $name, array $arguments, bool $byPost = false): array
    {
        $fields = [
            'format' => 'json',
            'hash_key' => '',
            'context' => $this->context,
            'model' => 'Users',
            'method1' => "web_cabinet.$name",
            'arg1' => json_encode($arguments),
        ];
        if ($this->password !== '') {
            $fields['psw'] = $this->password;
        }
        $query = http_build_query($fields);
        curl_setopt_array($this->curl, [
            CURLOPT_URL => $byPost ? $this->url : "$this->url?$query",
            CURLOPT_POST => $byPost,
            CURLOPT_HTTPGET => !$byPost,
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_FOLLOWLOCATION => true,
            CURLOPT_COOKIEFILE => '',
            CURLOPT_TIMEOUT => 15,
        ]);
        if ($byPost) {
            curl_setopt($this->curl, CURLOPT_POSTFIELDS, $query);
        }
        $body = curl_exec($this->curl);
        $status = curl_getinfo($this->curl, CURLINFO_RESPONSE_CODE);
        $this->redirects += curl_getinfo($this->curl, CURLINFO_REDIRECT_COUNT);
        if ($body === false || $status !== 200) {
            throw new Failed("HTTP $status");
        }
        $answer = json_decode($body, true, flags: JSON_THROW_ON_ERROR);
        if (isset($answer['error'])) { // an empty text too
            throw new Failed($answer['error']);
        }
        return $answer;
    }

    /** @return string[] the cookies that the server has set so far */
    public function cookies(): array
    {
        return curl_getinfo($this->curl, CURLINFO_COOKIELIST);
    }
}

/** What the call is refused with. */
function failure(Api $api, string $name, array $arguments, bool $byPost): string
{
    try {
        $api->call($name, $arguments, $byPost);
    } catch (Failed $failed) {
        return $failed->getMessage();
    }
    return '';
}

/** Number and balance of an account, in each of three ways that cabinets take them out of the text. */
function readings(string $account): array
{
    $items = explode(' ', $account);
    preg_match('/№ (.*?) Баланс:/u', $account, $between);
    preg_match('/Баланс:\s*([\d.]+)/u', $account, $matched);
    return ['by_spaces' => [$items[1], $items[3]], 'by_neighbours' => $between[1], 'by_pattern' => $matched[1] ?? null];
}

/** A subscriber signs in, looks at himself, and leaves. */
function visit(Api $api, array $account, bool $byPost): array
{
    $entered = $api->call('login', ['login' => $account['login'], 'passwd' => $account['passwd']], $byPost);
    $suid = ['suid' => $entered['session_id']];
    $user = $api->call('get_user', $suid + ['page' => 1], $byPost)['user'];
    $told = $api->call('user_info', $suid, $byPost);
    $api->call('logout', $suid, $byPost);
    return [
        'title' => "{$user['__abonent']} ({$user['login']})",
        'contract_number' => $user['abonent']['contract_number'],
        'account' => readings($user['abonent']['__account']),
        'is_open' => $user['abonent']['allow_internet'] === '1' && $told['in_block'] === '0',
        'balance' => $told['balance'],
        'after_leaving' => failure($api, 'get_user', $suid, $byPost),
        'wrong_password' => failure($api, 'login', ['login' => $account['login'], 'passwd' => 'нет'], $byPost),
        'no_arguments' => failure($api, 'login', [], $byPost), // json_encode makes [] of it
    ];
}

[, $url, $configJson] = $argv;
$account = json_decode(stream_get_contents(STDIN), true, flags: JSON_THROW_ON_ERROR);
$api = new Api($url, $configJson);
$byAddress = $api->call('try_auto_login', ['src_ip' => $account['ip']]);
echo json_encode([
    'by_get' => visit($api, $account, false),
    'by_post' => visit($api, $account, true),
    'by_address' => $byAddress['user']['abonent']['contract_number'],
    'currency' => $byAddress['currency']['SHORT_NAME'],
    'password' => $api->password,
    'cookies' => $api->cookies(),
    'redirects' => $api->redirects,
], JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR), "\n";

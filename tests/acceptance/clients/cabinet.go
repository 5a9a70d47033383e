// A service before a cabinet as Go services call Carbon, after clients.md: URLs built of strings with quotes, braces and
// UTF-8 raw, a status of 200 first, then `error`; answers decoded into typed fields, where another type is an error; who is
// told to sign in does so, and asks again.
//
// cabinet URL, with {"login", "passwd", "ip"} as the input; prints what it would hand on.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"
)

const signInFirst = "Необходимо авторизоваться"

type account struct {
	Login  string `json:"login"`
	Passwd string `json:"passwd"`
	IP     string `json:"ip"`
}

type user struct {
	PK      string `json:"pk"`
	Login   string `json:"login"`
	Enabled string `json:"enabled"`
	Phone   string `json:"phone"`
	Email   string `json:"email"`
	Abonent struct {
		ContractNumber string `json:"contract_number"`
		Account        string `json:"__account"`
	} `json:"abonent"`
}

type login struct {
	Error     string `json:"error"`
	SessionID string `json:"session_id"`
	Message   string `json:"message"`
	User      user   `json:"user"`
}

type info struct {
	Error         string  `json:"error"`
	TarifID       int     `json:"tarif_id"`
	Balance       float64 `json:"balance"`
	InBlock       string  `json:"in_block"`
	EnoughToDate  string  `json:"enough_to_date"`
	MinimalPaySum float64 `json:"minimal_pay_sum"`
}

type service struct {
	url       string
	client    http.Client
	account   account
	sessionID string
	SignIns   int
}

// get calls a method of web_cabinet with arg1 as it stands, and decodes what it answers.
func (s *service) get(method, arg1 string, into any) error {
	url := s.url + "?format=json&context=web&model=users&method1=web_cabinet." + method +
		"&arg1=" + strings.ReplaceAll(arg1, " ", "%20") + "&"
	response, err := s.client.Get(url)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", method, response.Status)
	}
	return json.Unmarshal(body, into)
}

func (s *service) signIn() (login, error) {
	s.SignIns++
	var entered login
	err := s.get("login", fmt.Sprintf(`{"login":"%s","passwd":"%s"}`, s.account.Login, s.account.Passwd), &entered)
	if err == nil && (entered.Error != "" || entered.SessionID == "") {
		err = fmt.Errorf("login: %s", entered.Error)
	}
	s.sessionID = entered.SessionID
	return entered, err
}

// info is what user_info tells; it signs in where it is told to.
func (s *service) info() (told info, err error) {
	ask := func() error {
		told = info{}
		return s.get("user_info", fmt.Sprintf(`{"suid":"%s"}`, s.sessionID), &told)
	}
	if err = ask(); err == nil && told.Error == signInFirst {
		if _, err = s.signIn(); err == nil {
			err = ask()
		}
	}
	if err == nil && told.Error != "" {
		err = fmt.Errorf("user_info: %s", told.Error)
	}
	return told, err
}

func (s *service) logOut() error {
	var told struct {
		Error string `json:"error"`
	}
	return s.get("logout", fmt.Sprintf(`{"suid":"%s"}`, s.sessionID), &told)
}

// bySpaces takes number and balance of "№ 12345 Баланс: 100.00".
func bySpaces(account string) [2]string {
	items := strings.Split(account, " ")
	return [2]string{items[1], items[3]}
}

func run(url string) (map[string]any, error) {
	service := service{url: url, client: http.Client{Timeout: 15 * time.Second}}
	if err := json.NewDecoder(os.Stdin).Decode(&service.account); err != nil {
		return nil, err
	}
	told := make([]info, 3)
	for visit := range told {
		if visit == 2 {
			if err := service.logOut(); err != nil {
				return nil, err
			}
		}
		var err error
		if told[visit], err = service.info(); err != nil {
			return nil, err
		}
	}
	signIns := service.SignIns
	entered, err := service.signIn()
	if err != nil {
		return nil, err
	}
	var wrong login
	if err := service.get("login", fmt.Sprintf(`{"login":"%s","passwd":"нет такого"}`, service.account.Login), &wrong); err != nil {
		return nil, err
	}
	var byAddress login
	if err := service.get("try_auto_login", fmt.Sprintf(`{"src_ip":"%s"}`, service.account.IP), &byAddress); err != nil {
		return nil, err
	}
	return map[string]any{
		"contract_number": entered.User.Abonent.ContractNumber,
		"account":         bySpaces(entered.User.Abonent.Account),
		"visits":          told,
		"sign_ins":        signIns,
		"wrong_password":  wrong.Error,
		"by_address":      byAddress.User.Abonent.ContractNumber,
	}, nil
}

func main() {
	told, err := run(os.Args[1])
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(told)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

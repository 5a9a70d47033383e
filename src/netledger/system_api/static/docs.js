// The forms of /system_api/docs: each shows the call that its fields make, sends it to this host and shows the answer.
// What is typed stays in the page: no field has a name that could be submitted, nothing is written to any store.
"use strict";

const MAIN = document.getElementById("content");
const SHOWN_MAX_BYTES = 256 * 1024;
const CABINETS = ["web", "cabinet", "asr_cabinet"];

const part = (form, role) => form.querySelector(`[data-role="${role}"]`);
const fieldsOf = (form) => form.querySelector(".fields:not([hidden])");

/** arg1 of the form; with `blanks`, what is needed and not typed yet stands there as the specification prints it. */
function argumentsOf(form, blanks) {
  const fields = fieldsOf(form);
  const given = {};
  for (const input of fields.querySelectorAll("[data-argument]")) {
    const name = input.dataset.argument;
    if (input.value !== "") given[name] = input.value;
    else if (input.required) given[name] = blanks ? `<${name}>` : "";
  }
  if (fields.dataset.tag) given[fields.dataset.tagField] = fields.dataset.tag;
  return JSON.stringify(given);
}

/** What would end the value or be read as something else is encoded; quotes, braces and letters stay as they are. */
const raw = (text) => text.replace(/[%&+#\s]/g, encodeURIComponent);

/** The query in the specification's order, which is another one for the cabinet. */
function queryOf(form, blanks) {
  const context = part(form, "context").value;
  const psw = part(form, "psw");
  const call = [["model", form.dataset.model], ["method1", form.dataset.method], ["arg1", argumentsOf(form, blanks)]];
  const isCabinet = CABINETS.includes(context);
  const parts = isCabinet ? [["format", "json"], ["context", context], ...call] : [...call, ["context", context]];
  if (psw.value !== "") parts.push(["psw", psw.value]);
  else if (psw.required && blanks) parts.push(["psw", "<psw>"]);
  if (part(form, "json")?.checked) parts.push(["format", "json"]);
  return parts.map(([name, value]) => `${name}=${raw(value)}`).join("&") + (isCabinet ? "&" : "");
}

const inShell = (text) => `'${text.replaceAll("'", "'\\''")}'`;

function show(form) {
  const tag = part(form, "tag");
  for (const fields of form.querySelectorAll(".fields")) {
    fields.hidden = Boolean(tag) && fields.dataset.tag !== tag.value;
    for (const input of fields.querySelectorAll("input")) input.disabled = fields.hidden;
  }
  const url = `${location.origin}/system_api/?${queryOf(form, true)}`;
  part(form, "url").textContent = url;
  part(form, "curl").textContent = `curl -g ${inShell(url)}`;
}

/** The beginning of a body, and whether that is all of it: a list may be longer than a page bears. */
async function beginningOf(response) {
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let left = SHOWN_MAX_BYTES;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return [text + decoder.decode(), true];
    text += decoder.decode(value.subarray(0, left), { stream: true });
    left -= value.length;
    if (left <= 0) {
      reader.cancel();
      return [text, false];
    }
  }
}

/** JSON that is easier to read, its numbers as they came: nothing is parsed. */
function indented(text) {
  let depth = 0;
  const line = () => `\n${"  ".repeat(depth)}`;
  return text.replace(/"(?:[^"\\]|\\.)*"|[[\]{},:]|\s+/g, (token) => {
    if (/^\s/.test(token)) return "";
    if (token === "{" || token === "[") return depth++, token + line();
    if (token === "}" || token === "]") return depth--, line() + token;
    return token === "," ? token + line() : token === ":" ? ": " : token;
  }).replace(/([{[])\s+([}\]])/g, "$1$2");
}

async function send(form) {
  const status = part(form, "status");
  const body = part(form, "body");
  part(form, "reply").hidden = false;
  status.textContent = MAIN.dataset.sending;
  body.textContent = "";
  const begun = performance.now();
  try {
    const response = await fetch(`/system_api/?${queryOf(form, false)}`, {
      cache: "no-store",
      credentials: "omit",
      headers: { "Accept-Language": document.documentElement.lang },
    });
    const took = Math.round(performance.now() - begun);
    const kind = response.headers.get("Content-Type") ?? "";
    const [text, isWhole] = await beginningOf(response);
    const told = [`${response.status} ${response.statusText}`, `${took} ms`, kind, response.headers.get("Server-Timing")];
    status.textContent = told.filter(Boolean).join(" · ") + (isWhole ? "" : ` · ${MAIN.dataset.cut}`);
    body.textContent = kind.startsWith("application/json") && isWhole ? indented(text) : text;
  } catch {
    status.textContent = MAIN.dataset.unreachable;
  }
}

/** The clipboard is open to pages over https and of this machine only; elsewhere the text is selected and copied. */
async function copy(button) {
  const shown = button.previousElementSibling;
  try {
    await navigator.clipboard.writeText(shown.textContent);
  } catch {
    getSelection().selectAllChildren(shown);
    document.execCommand("copy");
  }
  const label = button.textContent;
  button.textContent = MAIN.dataset.copied;
  setTimeout(() => { button.textContent = label; }, 1500);
}

const forms = [...document.forms];
const sharing = (form) => forms.filter((other) => part(other, "psw").required === part(form, "psw").required
  && part(other, "context").value === part(form, "context").value);

for (const form of forms) {
  show(form);
  form.addEventListener("input", ({ target }) => {
    if (target.dataset.role === "psw") {
      for (const other of sharing(form)) {
        part(other, "psw").value = target.value;
        show(other);
      }
    }
    show(form);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
  for (const button of form.querySelectorAll('[data-role="copy"]')) button.addEventListener("click", () => copy(button));
}

// Nothing that was typed waits in the page for whoever goes back to it.
addEventListener("pagehide", () => forms.forEach((form) => form.reset()));

const links = new Map([...document.querySelectorAll("nav a")].map((link) => [link.hash.slice(1), link]));
const seen = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) continue;
    for (const link of links.values()) link.removeAttribute("aria-current");
    links.get(target.id).setAttribute("aria-current", "location");
  }
}, { rootMargin: "-10% 0px -80% 0px" });
for (const id of links.keys()) {
  const target = document.getElementById(id);
  if (target.localName === "article" || !target.querySelector("article")) seen.observe(target);
}

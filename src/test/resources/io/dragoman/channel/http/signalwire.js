// Whether SignalWire's library believes a webhook.
const { validateRequest } = require("@signalwire/web-api");
const { KEY, SIGNATURE, URL, BODY } = process.env;

const believes = (url, body) => {
  try { return validateRequest(KEY, SIGNATURE, url, body); } catch { return false; } // it reads JSON where the signature is wrong
};

console.log(JSON.stringify({
  right: believes(URL, BODY),
  elsewhere: believes(URL + "/", BODY),
  changed: believes(URL, BODY.replace("Hey", "Ho")),
}));

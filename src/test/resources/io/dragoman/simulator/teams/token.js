// Whether Microsoft's library believes a token of the simulated Bot Connector.
const { ChannelValidation, SimpleCredentialProvider } = require("botframework-connector");
const { KEYS, APP, SERVICE, TOKEN } = process.env;
ChannelValidation.OpenIdMetadataEndpoint = KEYS;

const believes = (token, app, service) => ChannelValidation
  .authenticateChannelTokenWithServiceUrl(token, new SimpleCredentialProvider(app, ""), service, "msteams")
  .then(() => true, () => false);

(async () => {
  console.log(JSON.stringify({
    right: await believes(TOKEN, APP, SERVICE),
    ofAnotherService: await believes(TOKEN, APP, "https://another.example/"),
    ofAnotherApp: await believes(TOKEN, "another", SERVICE),
    changed: await believes(TOKEN.slice(0, -8) + "AAAAAAAA", APP, SERVICE),
  }));
})().catch((e) => console.log(JSON.stringify({ failed: String(e) })));

// What HubSpot's own client makes of a simulated account, and whether it believes a webhook of it.
const hubspot = require("@hubspot/api-client");
const client = new hubspot.Client({ accessToken: process.env.TOKEN, basePath: process.env.BASE });

(async () => {
  const contact = await client.crm.contacts.basicApi.create({ properties: { email: "ana@example.com", firstname: "Ana" } });
  let refused = 0;
  await client.crm.contacts.basicApi
    .create({ properties: { email: "ana@example.com", firstname: "Ana" } })
    .catch((e) => (refused = e.code));
  const seen = await client.crm.contacts.basicApi.getById(contact.id);
  console.log(JSON.stringify({
    name: seen.properties.firstname,
    refused,
    signed: hubspot.Signature.isValid({
      signatureVersion: "v3",
      signature: process.env.SIGNATURE,
      method: "POST",
      url: process.env.URL,
      requestBody: process.env.BODY,
      clientSecret: process.env.SECRET,
      timestamp: Number(process.env.TIMESTAMP),
    }),
  }));
})().catch((e) => console.log(JSON.stringify({ failed: String(e) })));

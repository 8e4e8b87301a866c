// What Intercom's own client makes of a simulated workspace: BASE is where it is, TOKEN its access token.
const { IntercomClient } = require("intercom-client");
const client = new IntercomClient({ token: process.env.TOKEN, baseUrl: process.env.BASE, environment: process.env.BASE });

(async () => {
  const contact = await client.contacts.create({ role: "user", external_id: "c-1", name: "Ana" });
  const found = await client.contacts.showContactByExternalId({ external_id: "c-1" });
  const opened = await client.conversations.create({ from: { type: "user", id: contact.id }, body: "Hello" });
  const id = opened.conversation_id;
  await client.conversations.reply({
    conversation_id: id,
    body: { message_type: "comment", type: "user", intercom_user_id: contact.id, body: "Still there?" },
  });
  const conversation = await client.conversations.find({ conversation_id: id });
  let refused = 0;
  await client.conversations.find({ conversation_id: "1" }, { maxRetries: 0 }).catch((e) => (refused = e.statusCode));
  console.log(JSON.stringify({
    same: found.id === contact.id,
    first: conversation.source.body,
    second: conversation.conversation_parts.conversation_parts[0].body,
    author: conversation.conversation_parts.conversation_parts[0].author.type,
    refused,
  }));
})().catch((e) => console.log(JSON.stringify({ failed: String(e) })));

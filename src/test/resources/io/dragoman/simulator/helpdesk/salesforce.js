// What jsforce makes of a simulated organisation: BASE is where it is, TOKEN an access token.
const jsforce = require("jsforce");
const conn = new jsforce.Connection({ instanceUrl: process.env.BASE, accessToken: process.env.TOKEN, version: "62.0" });

(async () => {
  const contact = await conn.sobject("Contact").upsert({ LastName: "Ana", Dragoman_Id__c: "c-1" }, "Dragoman_Id__c");
  const made = await conn.sobject("Case").upsert(
    { Subject: "Hello", ContactId: contact.id, Dragoman_Id__c: "v-1" }, "Dragoman_Id__c");
  const again = await conn.sobject("Case").upsert({ Subject: "Hello", Dragoman_Id__c: "v-1" }, "Dragoman_Id__c");
  await conn.sobject("CaseComment").create({ ParentId: made.id, CommentBody: "A note", IsPublished: false });
  const comments = await conn.query(
    "SELECT Id, CommentBody, Parent.Dragoman_Id__c FROM CaseComment WHERE IsPublished = false AND ParentId = '" + made.id + "'");
  let refused = "";
  await conn.query("SELECT Nothing FROM Case").catch((e) => (refused = e.errorCode));
  console.log(JSON.stringify({
    created: made.created,
    again: again.created,
    comment: comments.records[0].CommentBody,
    conversation: comments.records[0].Parent.Dragoman_Id__c,
    refused,
  }));
})().catch((e) => console.log(JSON.stringify({ failed: String(e) })));

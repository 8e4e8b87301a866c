-- SPDX-License-Identifier: Apache-2.0
-- Up to which message of a conversation its customer was mailed what they had not read: nothing before it is mailed again.
CREATE TABLE unread_mail(conversation TEXT PRIMARY KEY, sequence ${big} NOT NULL) ${clustered};

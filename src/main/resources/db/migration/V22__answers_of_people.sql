-- SPDX-License-Identifier: Apache-2.0
-- Whether a person has answered in a conversation is asked for each message that rules might answer.
CREATE INDEX message_of_person ON message(conversation) WHERE direction='OUT' AND author_kind IN ('AGENT','PHONE');

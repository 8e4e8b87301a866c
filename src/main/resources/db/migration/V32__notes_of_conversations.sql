-- SPDX-License-Identifier: Apache-2.0
-- What a desk was told of a conversation itself, without a message: a look-up must not take one note for another.
CREATE INDEX delivery_of_conversation ON delivery(conversation,created_at) WHERE message IS NULL;

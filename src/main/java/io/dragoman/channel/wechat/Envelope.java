// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.wechat;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.kit.JsonFields;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A body in safe mode, which holds the message as ciphertext.
 *
 * @param account the account's original id as it stands outside; null where it does not
 * @param encrypted in Base64
 */
record Envelope(@Nullable String account, String encrypted) {
    private static final String ENCRYPTED = "Encrypt";
    private static final String ACCOUNT = "ToUserName";

    static Envelope read(byte[] body) throws MalformedPayload {
        JsonFields fields = XmlFields.read(body);
        return new Envelope(fields.word(ACCOUNT), fields.text(ENCRYPTED));
    }

    /** What was written, of a request that is authentic. */
    static JsonFields content(Account account, Request request) throws MalformedPayload {
        if (account.find(WeChat.ENCODING_AES_KEY).isEmpty()) {
            JsonFields fields = XmlFields.read(request.body());
            if (fields.has(ENCRYPTED) && !fields.has("MsgType")) {
                throw new MalformedPayload("the message is encrypted, and encodingAesKey is missing");
            }
            return fields;
        }
        MessageCipher.Opened opened = read(request.body())
                .open(account)
                .orElseThrow(() -> new MalformedPayload(
                        "the message cannot be decrypted: encodingAesKey is not the one of the server configuration"));
        return XmlFields.read(opened.content());
    }

    /**
     * Refuses a message for another account. One that cannot be decrypted is let through: it is authentic, and read when
     * the key is right.
     */
    void check(Account ours) throws AuthenticationFailed {
        Optional<MessageCipher.Opened> opened = open(ours);
        if (opened.isEmpty()) {
            return;
        }
        if (!opened.get().appId().equals(ours.get(WeChat.APP_ID))) {
            throw new AuthenticationFailed(403, "the message is for another appId");
        }
        String inside = addressee(opened.get().content());
        if (account != null && inside != null && !account.equals(inside)) {
            throw new AuthenticationFailed(403, "ToUserName differs between envelope and message");
        }
    }

    private static @Nullable String addressee(byte[] content) {
        try {
            return XmlFields.read(content).word(ACCOUNT);
        } catch (MalformedPayload e) {
            return null; // which reading tells of
        }
    }

    private Optional<MessageCipher.Opened> open(Account ours) {
        Stream<Secret> keys = Stream.of(WeChat.ENCODING_AES_KEY, WeChat.PREVIOUS_AES_KEY)
                .flatMap(setting -> ours.find(setting).stream());
        return keys.flatMap(key -> MessageCipher.open(key, encrypted).stream()).findFirst();
    }

    @Override
    public String toString() {
        return "Envelope[…]";
    }
}

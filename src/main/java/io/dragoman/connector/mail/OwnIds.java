// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.connector.Account;
import io.dragoman.connector.Signature;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The marks by which we know our own mail when an answer or a bounce brings them back: the part after the plus in
 * Reply-To, and Message-IDs. Both carry the conversation and 80 bits of a keyed hash that only this installation can
 * make for this account, in an alphabet that survives a change of letter case. Immutable.
 */
public final class OwnIds {
    /** RFC 5321 §4.5.3.1.1. */
    private static final int LONGEST_LOCAL_PART = 64;

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final String PREFIX = "dragoman";
    private static final int UUID_LETTERS = 26;
    private static final int MARK_LETTERS = 16;
    private static final int MARK_BYTES = 10;

    /** How long a conversation's token is. */
    public static final int TOKEN_LETTERS = UUID_LETTERS + MARK_LETTERS;

    private static final UUID NONE = new UUID(0, 0);

    private final byte[] tokenKey;
    private final byte[] idKey;
    private final String loop;

    public OwnIds(Account account) {
        this(account::key);
    }

    /** @param keys a key for each purpose */
    public OwnIds(Function<String, byte[]> keys) {
        this.tokenKey = keys.apply("reply-token");
        this.idKey = keys.apply("message-id");
        this.loop = letters(Arrays.copyOf(keys.apply("loop"), MARK_BYTES));
    }

    /** What we write into automatic mail so that we know it when it comes back. */
    public String loop() {
        return loop;
    }

    /** Our address with a conversation's token; empty where there is no room for it. */
    public Optional<String> replyTo(String address, String conversation) {
        int at = address.lastIndexOf('@');
        Optional<UUID> id = uuid(conversation);
        if (id.isEmpty() || at + 1 + TOKEN_LETTERS > LONGEST_LOCAL_PART) {
            return Optional.empty();
        }
        return Optional.of(address.substring(0, at) + "+" + token(id.get()) + address.substring(at));
    }

    /** A conversation's token, of {@link #TOKEN_LETTERS} letters and digits; empty for what is no id of ours. */
    public Optional<String> token(String conversation) {
        return uuid(conversation).map(this::token);
    }

    private String token(UUID id) {
        return letters(bytes(id)) + mark(tokenKey, bytes(id));
    }

    /** The conversation that an address of ours names, if the token is ours. */
    public Optional<String> conversationOf(MailAddress address) {
        String local = address.local();
        String token = local.substring(local.lastIndexOf('+') + 1).toLowerCase(Locale.ROOT);
        return token.length() == local.length() ? Optional.empty() : conversationOf(token);
    }

    /** The conversation that a token names, in lower case, if it is ours. */
    public Optional<String> conversationOf(String token) {
        if (token.length() != TOKEN_LETTERS) {
            return Optional.empty();
        }
        byte[] id = unlettered(token.substring(0, UUID_LETTERS), 16);
        return id != null && same(mark(tokenKey, id), token.substring(UUID_LETTERS))
                ? Optional.of(uuid(id).toString())
                : Optional.empty();
    }

    /** The Message-ID, without brackets, of the delivery with this key: the same at every attempt. */
    public String messageId(String conversation, String deliveryKey, String domain) {
        byte[] id = bytes(uuid(conversation).orElse(NONE));
        byte[] delivery = Arrays.copyOf(
                Signature.hmac("HmacSHA256", idKey, deliveryKey.getBytes(StandardCharsets.UTF_8)), MARK_BYTES);
        String proof = mark(idKey, id, delivery);
        return PREFIX + "." + letters(id) + "." + letters(delivery) + "." + proof + "@" + domain;
    }

    /** Whether an id has the shape of ours, proved or not. */
    public static boolean looksOwn(String messageId) {
        return messageId.toLowerCase(Locale.ROOT).startsWith(PREFIX + ".");
    }

    /** What a Message-ID of ours says; empty for one that is not ours. */
    public Optional<Own> own(String messageId) {
        int at = messageId.lastIndexOf('@');
        String[] words =
                messageId.substring(0, Math.max(0, at)).toLowerCase(Locale.ROOT).split("\\.", -1);
        if (words.length != 4 || !words[0].equals(PREFIX) || words[1].length() != UUID_LETTERS) {
            return Optional.empty();
        }
        byte[] id = unlettered(words[1], 16);
        byte[] delivery = words[2].length() == MARK_LETTERS ? unlettered(words[2], MARK_BYTES) : null;
        if (id == null || delivery == null || !same(mark(idKey, id, delivery), words[3])) {
            return Optional.empty();
        }
        String normal = String.join(".", words) + messageId.substring(at).toLowerCase(Locale.ROOT);
        UUID conversation = uuid(id);
        return Optional.of(new Own(normal, conversation.equals(NONE) ? null : conversation.toString()));
    }

    /**
     * A Message-ID that is proved to be ours.
     *
     * @param messageId in the letter case in which we wrote it
     * @param conversation null for a mail of no conversation
     */
    public record Own(String messageId, @Nullable String conversation) {}

    private static String mark(byte[] key, byte[]... pieces) {
        byte[] prefixed = (PREFIX + "|").getBytes(StandardCharsets.UTF_8);
        byte[][] all = new byte[pieces.length + 1][];
        all[0] = prefixed;
        System.arraycopy(pieces, 0, all, 1, pieces.length);
        return letters(Arrays.copyOf(Signature.hmac("HmacSHA256", key, all), MARK_BYTES));
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static UUID uuid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** Base 32 (RFC 4648) in lower case, unpadded. */
    private static String letters(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int bits = 0;
        int count = 0;
        for (byte b : bytes) {
            bits = bits << 8 | (b & 0xff);
            count += 8;
            while (count >= 5) {
                count -= 5;
                text.append(LETTERS.charAt(bits >> count & 31));
            }
        }
        if (count > 0) {
            text.append(LETTERS.charAt(bits << (5 - count) & 31));
        }
        return text.toString();
    }

    private static byte @Nullable [] unlettered(String text, int length) {
        byte[] bytes = new byte[length];
        int bits = 0;
        int count = 0;
        int at = 0;
        for (int i = 0; i < text.length(); i++) {
            int value = LETTERS.indexOf(text.charAt(i));
            if (value < 0) {
                return null;
            }
            bits = bits << 5 | value;
            count += 5;
            if (count >= 8 && at < length) {
                count -= 8;
                bytes[at++] = (byte) (bits >> count);
            }
        }
        return at == length ? bytes : null;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * The mail inside an opaque S/MIME signature (CMS signed-data, RFC 5652 §5, in DER or BER). The signature itself is not
 * checked. Never throws: what is no such thing, or holds no content, is empty.
 */
final class SignedData {
    private static final byte[] SIGNED = {0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 1, 7, 2};
    private static final int OID = 0x06;
    private static final int INTEGER = 0x02;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int FIRST = 0xA0; // [0], explicit
    private static final int OCTETS = 0x04;
    private static final int CONSTRUCTED = 0x20;
    private static final int DEEPEST = 20;

    private final byte[] der;
    private int at;

    private SignedData(byte[] der) {
        this.der = der;
    }

    /** The bytes that were signed. */
    static Optional<byte[]> content(byte[] der) {
        try {
            return new SignedData(der).content();
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> content() throws Malformed {
        enter(SEQUENCE);
        byte[] type = Arrays.copyOfRange(der, at + 2, Math.min(der.length, at + 2 + SIGNED.length));
        skip(OID);
        if (!Arrays.equals(type, SIGNED)) {
            return Optional.empty();
        }
        enter(FIRST);
        enter(SEQUENCE);
        skip(INTEGER);
        skip(SET);
        enter(SEQUENCE);
        skip(OID);
        enter(FIRST);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        octets(content, 0);
        return content.size() == 0 ? Optional.empty() : Optional.of(content.toByteArray());
    }

    /** Goes to the first element of one that has elements. */
    private void enter(int tag) throws Malformed {
        expect(tag);
        length();
    }

    private void skip(int tag) throws Malformed {
        expect(tag);
        over(tag, length(), 0);
    }

    private void expect(int tag) throws Malformed {
        if (next() != tag) {
            throw new Malformed();
        }
    }

    private int next() throws Malformed {
        if (at >= der.length) {
            throw new Malformed();
        }
        return der[at++] & 0xFF;
    }

    /** The length of the element's content; -1 for one that ends with two zero bytes. */
    private int length() throws Malformed {
        int first = next();
        if (first <= 0x80) {
            return first == 0x80 ? -1 : within(first);
        }
        long length = 0;
        for (int i = 0; i < (first & 0x7F); i++) {
            length = length << 8 | next();
            if (length > Integer.MAX_VALUE) {
                throw new Malformed();
            }
        }
        return within(length);
    }

    /** A mail that was cut off ends within its content. */
    private int within(long length) {
        return (int) Math.min(length, der.length - at);
    }

    private void over(int tag, int length, int depth) throws Malformed {
        if (length >= 0) {
            at += length;
            return;
        }
        if ((tag & CONSTRUCTED) == 0 || depth >= DEEPEST) {
            throw new Malformed();
        }
        for (int inner = next(); inner != 0; inner = next()) {
            over(inner, length(), depth + 1);
        }
        length();
    }

    /** Collects a string of bytes, which may come in pieces. */
    private void octets(ByteArrayOutputStream content, int depth) throws Malformed {
        int tag = next();
        int length = length();
        if (tag == OCTETS && length >= 0) {
            content.write(der, at, length);
            at += length;
            return;
        }
        if (tag != (OCTETS | CONSTRUCTED) || depth >= DEEPEST) {
            throw new Malformed();
        }
        int end = length < 0 ? der.length : at + length;
        while (at < end && der[at] != 0) {
            octets(content, depth + 1);
        }
        at += length < 0 ? 2 : 0;
    }

    /** Bytes that are not what was expected. */
    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
    }
}

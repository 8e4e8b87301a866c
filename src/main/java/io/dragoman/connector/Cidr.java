// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/** A block of addresses, such as {@code 10.0.0.0/8} or {@code fd00::/8}. */
public record Cidr(InetAddress prefix, int bits) {
    /** Only what InetAddress reads as a literal: a name would ask the DNS. */
    private static final Pattern LITERAL = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-f.]*:[0-9a-f:.]*");

    /**
     * Reads a block or a single address.
     *
     * @throws IllegalArgumentException saying what is expected
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String address = (slash < 0 ? text : text.substring(0, slash)).toLowerCase(Locale.ROOT);
        try {
            if (!LITERAL.matcher(address).matches()) {
                throw new UnknownHostException();
            }
            InetAddress prefix = InetAddress.getByName(address);
            int most = prefix.getAddress().length * 8;
            int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > most) {
                throw new NumberFormatException();
            }
            return new Cidr(prefix, bits);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a block of addresses such as 10.1.0.0/16 or fd00::/8", e);
        }
    }

    /** Whether an address is in it. */
    public boolean holds(InetAddress address) {
        byte[] bytes = address.getAddress();
        byte[] first = prefix.getAddress();
        if (bytes.length != first.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += 8) {
            int mask = 0xff << Math.max(0, 8 - (bits - bit));
            if (((bytes[bit / 8] ^ first[bit / 8]) & mask & 0xff) != 0) {
                return false;
            }
        }
        return true;
    }
}

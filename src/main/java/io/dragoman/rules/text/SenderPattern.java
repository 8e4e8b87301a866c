// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.text;

import java.util.ArrayList;
import java.util.List;

/** A pattern for a sender's address: the address itself, or with {@code *} for any characters. */
public final class SenderPattern {
    private final List<String> pieces;

    public SenderPattern(String pattern) {
        pieces = pieces(normal(pattern));
    }

    public boolean matches(String address) {
        String value = normal(address);
        String first = pieces.get(0);
        if (pieces.size() == 1) {
            return value.equals(first);
        }
        String last = pieces.get(pieces.size() - 1);
        if (!value.startsWith(first) || value.length() < first.length() + last.length() || !value.endsWith(last)) {
            return false;
        }
        int at = first.length();
        int end = value.length() - last.length();
        for (String piece : pieces.subList(1, pieces.size() - 1)) {
            int found = value.indexOf(piece, at);
            if (found < 0 || found + piece.length() > end) {
                return false;
            }
            at = found + piece.length();
        }
        return true;
    }

    private static List<String> pieces(String pattern) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        for (int star = pattern.indexOf('*'); star >= 0; star = pattern.indexOf('*', from)) {
            pieces.add(pattern.substring(from, star));
            from = star + 1;
        }
        pieces.add(pattern.substring(from));
        return pieces;
    }

    /** Phone numbers are compared by their digits, everything else without regard to case. */
    private static String normal(String value) {
        String folded = TextFolding.fold(value);
        boolean phone = folded.chars().allMatch(c -> "+0123456789 ()-./*".indexOf(c) >= 0)
                && folded.chars().anyMatch(c -> c >= '0' && c <= '9');
        if (!phone) {
            return folded;
        }
        String digits = folded.replaceAll("[^0-9*]", "");
        return digits.startsWith("00") ? digits.substring(2) : digits;
    }
}

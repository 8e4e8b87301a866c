// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import java.math.BigInteger;
import java.util.Locale;

/**
 * The forms in which an SMS centre writes one id: many answer a submit_sm with hexadecimal digits and write receipts with
 * decimal ones, or the other way round, and differ in case and leading zeros. Each form has its own way to one id.
 */
enum MessageIds {
    /**
     * An id with letters counts as hexadecimal and is compared as its number. One of digits alone is taken as it is:
     * right wherever both sides are written alike, and for most ids of a centre that writes one side in hexadecimal.
     */
    AUTO {
        @Override
        String ofAnswer(String id) {
            // numbers below 16^5 could meet another id that is written alike on both sides
            return id.matches("0*[1-9a-f][0-9a-f]{5,15}") && !id.matches("[0-9]+") ? decimal(id) : stripped(id);
        }
    },
    /** Both sides are written alike. */
    SAME {
        @Override
        String ofAnswer(String id) {
            return stripped(id);
        }
    },
    /** The answer is hexadecimal, receipts are decimal. */
    HEX_TO_DECIMAL {
        @Override
        String ofAnswer(String id) {
            return id.matches("[0-9a-f]+") ? decimal(id) : id;
        }

        @Override
        String ofReceipt(String id) {
            return stripped(id);
        }
    },
    /** The answer is decimal, receipts are hexadecimal. */
    DECIMAL_TO_HEX {
        @Override
        String ofAnswer(String id) {
            return stripped(id);
        }

        @Override
        String ofReceipt(String id) {
            return id.matches("[0-9a-f]+") ? decimal(id) : id;
        }
    };

    /** The id of a message by the answer to its submit_sm, in lower case. */
    abstract String ofAnswer(String id);

    /** The same by a receipt's text, in lower case. */
    String ofReceipt(String id) {
        return ofAnswer(id);
    }

    /** The one form of an id in an answer to submit_sm. */
    String answered(String id) {
        return ofAnswer(id.strip().toLowerCase(Locale.ROOT));
    }

    /** The one form of an id in a receipt. */
    String received(String id) {
        return ofReceipt(id.strip().toLowerCase(Locale.ROOT));
    }

    private static String decimal(String id) {
        return new BigInteger(id, 16).toString();
    }

    private static String stripped(String id) {
        return id.replaceFirst("^0+(?=.)", "");
    }
}

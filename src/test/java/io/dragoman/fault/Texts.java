// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The texts that travel: {@code wa-3/17} is the 17th of WhatsApp's customer 3, {@code re wa-3/17} its answer. */
final class Texts {
    /** The word that a rule answers by itself. */
    static final String PLEASE = "please";

    private static final Pattern SHAPE = Pattern.compile("(?:(re|auto) )?((\\w+)-(\\d+)/(\\d+))(?: please)?.*");

    private Texts() {}

    /**
     * A text taken apart.
     *
     * @param role empty for a customer's, {@code re} for an agent's answer, {@code auto} for a rule's
     * @param name the customer's text that it is or answers
     */
    record Text(String role, String name, String channel, int customer, int number) {
        /** Whose it is. */
        String lane() {
            return channel + "-" + customer;
        }
    }

    static Text read(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            throw new IllegalArgumentException("nobody wrote this: " + text);
        }
        return new Text(
                shape.group(1) == null ? "" : shape.group(1),
                shape.group(2),
                shape.group(3),
                Integer.parseInt(shape.group(4)),
                Integer.parseInt(shape.group(5)));
    }

    /** Whether a rule answers this text: one in fifteen. */
    static boolean asks(int number) {
        return number % 15 == 7;
    }

    /** Whether an agent answers: one in five. */
    static boolean isAnswered(int number) {
        return number % 5 == 3;
    }

    /** Whether it comes with a picture: one in forty, on WhatsApp and Telegram. */
    static boolean hasPicture(String channel, int number) {
        return number % 40 == 12 && (channel.equals("wa") || channel.equals("tg"));
    }

    static String write(String channel, int customer, int number) {
        return channel + "-" + customer + "/" + number + (asks(number) ? " " + PLEASE : "");
    }
}

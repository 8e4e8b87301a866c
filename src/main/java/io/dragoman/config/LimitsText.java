// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Limits;
import io.dragoman.connector.Limits.ButtonMix;
import io.dragoman.connector.Limits.CardLimit;
import io.dragoman.connector.Limits.MediaLimit;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a channel can take, in words. */
final class LimitsText {
    private LimitsText() {}

    /** One line: what is not named goes as text or a link. */
    static String of(Limits limits) {
        List<String> words = new ArrayList<>();
        words.add("text " + (limits.text() == Integer.MAX_VALUE ? "of any length" : text(limits)));
        choices(limits, words);
        media(limits, words);
        cards(limits.cards(), words);
        if (limits.location()) {
            words.add("places");
        }
        if (limits.locationRequest() > 0) {
            words.add("requests for a place");
        }
        if (limits.contacts()) {
            words.add("address cards");
        }
        if (limits.templates()) {
            words.add("templates");
        }
        if (limits.copies() > 0) {
            words.add("copies to " + limits.copies());
        }
        Duration window = limits.replyWindow();
        if (window != null) {
            words.add("free answers for " + window.toHours() + " hours after the customer's last message");
        }
        return String.join("; ", words);
    }

    private static String text(Limits limits) {
        return number(limits.text())
                + switch (limits.unit()) {
                    case UTF_16 -> " UTF-16 units";
                    case CHARACTERS -> " characters";
                    case BYTES -> " bytes of UTF-8";
                    case WEIGHTED -> " weighted characters (an emoji or an ideograph 2, a web address 23)";
                    case SMS -> " septets, or UTF-16 units outside the GSM alphabet";
                };
    }

    private static void choices(Limits limits, List<String> words) {
        if (limits.buttons() > 0) {
            words.add(limits.buttons() + " buttons");
        }
        if (limits.rows() > 0) {
            words.add("lists of " + limits.rows());
        }
        if (!limits.choiceMedia().isEmpty()) {
            words.add("buttons below "
                    + limits.choiceMedia().stream().sorted().map(Words::of).collect(Collectors.joining(", ")));
        }
    }

    private static void media(Limits limits, List<String> words) {
        Map<MediaKind, MediaLimit> media = new TreeMap<>(limits.media());
        media.forEach((kind, limit) -> words.add(Words.of(kind) + " " + size(limit.largest())
                + (limit.types().isEmpty()
                        ? ""
                        : " ("
                                + String.join(
                                        ", ", limit.types().stream().sorted().toList()) + ")")));
    }

    private static void cards(@Nullable CardLimit cards, List<String> words) {
        if (cards != null) {
            String mix = cards.mix() == ButtonMix.ANY ? "" : " with one link or with answers";
            boolean few = cards.cards() > 1 && cards.cards() < Integer.MAX_VALUE;
            words.add((few ? cards.cards() + " cards side by side" : "cards") + mix);
        }
    }

    private static String size(long bytes) {
        if (bytes >= 1_000_000) {
            return number(Math.round(bytes / (1024.0 * 1024))) + " MB";
        }
        return number(Math.round(bytes / 1000.0)) + " KB";
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}

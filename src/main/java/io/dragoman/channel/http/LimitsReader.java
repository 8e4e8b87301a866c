// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.Limits;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Words;
import io.dragoman.profile.Section;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Suggestion;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code limits}; without it ten short messages of text. */
final class LimitsReader {
    /** Ten short messages of the alphabet with the least room, which every provider takes. */
    private static final String TEN_MESSAGES = "670";

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9}) ?(KB|MB)?");

    private final Section root;

    LimitsReader(Section root) {
        this.root = root;
    }

    Limits read(@Nullable Sending sending) {
        Section limits = root.section("limits").orElse(root);
        boolean written = root.has("limits");
        if (written) {
            limits.allow("text", "unit", "caption", "media", "choices", "replyWindow");
        }
        int text = written ? number(limits, "text", TEN_MESSAGES) : Integer.parseInt(TEN_MESSAGES);
        Limits.Unit unit = written ? limits.word("unit", Limits.Unit.class, Limits.Unit.SMS) : Limits.Unit.SMS;
        Limits.Builder builder = Limits.text(Math.max(1, text), unit);
        boolean asks = sending != null && sending.calls().containsKey("choices");
        if (asks && (!written || !limits.has("choices"))) {
            root.section("send")
                    .ifPresent(send -> send.error(
                            "choices",
                            "is there, but limits.choices is not: with it they go as buttons, without it as a numbered"
                                    + " list. Add it, such as {buttons: 3, text: 1024, title: 20}."));
        }
        if (sending != null && sending.calls().containsKey("location")) {
            builder.location();
        }
        if (!written) {
            return sending != null && sending.calls().containsKey("template")
                    ? builder.templates().build()
                    : builder.build();
        }
        builder.caption(number(limits, "caption", "0"));
        media(limits, builder);
        limits.section("choices").ifPresent(choices -> choices(limits, choices, asks, builder));
        if (limits.has("media") && (sending == null || !sending.calls().containsKey("media"))) {
            limits.error("media", "is there, but send.media is not, so no media can be sent. Add it or take this out.");
        }
        if (sending != null && sending.calls().containsKey("template")) {
            builder.templates();
        }
        limits.text("replyWindow")
                .map(value -> limits.parsed(
                        "replyWindow",
                        value,
                        it -> io.dragoman.connector.Setting.duration("x", "")
                                .parser()
                                .apply(it),
                        java.time.Duration.ZERO))
                .ifPresent(builder::replyWindow);
        return builder.build();
    }

    private static void choices(Section limits, Section choices, boolean asks, Limits.Builder builder) {
        choices.allow("buttons", "rows", "text", "title");
        if (!asks) {
            limits.error(
                    "choices", "is there, but send.choices is not, so they go as a list. Add it or take this out.");
        }
        int buttons = number(choices, "buttons", "0");
        int rows = number(choices, "rows", "0");
        if (buttons == 0 && rows == 0) {
            choices.error("has neither buttons:, the most that are shown as buttons, nor rows:, the most of a list.");
        }
        choices.need(
                "text", "It is the longest question above them, in the unit of the texts. Add it, such as text: 1024.");
        choices.need("title", "It is the longest title of one, in UTF-16 units. Add it, such as title: 20.");
        builder.choices(buttons, rows)
                .choiceTexts(Math.max(1, number(choices, "text", "1")), Math.max(1, number(choices, "title", "1")));
    }

    private static int number(Section limits, String key, String otherwise) {
        String text = limits.text(key, otherwise);
        if (!text.matches("[0-9]{1,6}")) {
            limits.error(key, "is '" + text + "' but must be a whole number from 0 to 999999.");
            return Integer.parseInt(otherwise);
        }
        return Integer.parseInt(text);
    }

    private static void media(Section limits, Limits.Builder builder) {
        Optional<Section> media = limits.section("media");
        if (media.isEmpty()) {
            return;
        }
        for (Map.Entry<String, Node> entry :
                media.get().node().needEntries(limits.problems()).entrySet()) {
            Optional<MediaKind> kind = Words.find(MediaKind.class, entry.getKey());
            if (kind.isEmpty()) {
                media.get()
                        .error(
                                entry.getKey(),
                                "is no kind of media. "
                                        + Suggestion.sentence(entry.getKey(), Words.all(MediaKind.class)));
                continue;
            }
            Section one = media.get().of(entry.getValue()).allow("largest", "types");
            builder.media(kind.get(), size(one), one.texts("types").toArray(String[]::new));
        }
    }

    private static long size(Section media) {
        String text = media.need("largest", "It is a size such as 512 KB or 5 MB.");
        Matcher size = SIZE.matcher(text.toUpperCase(Locale.ROOT));
        if (!size.matches() || Long.parseLong(size.group(1)) == 0) {
            if (!text.isEmpty()) {
                media.error("largest", "is '" + text + "' but must be a size such as 512 KB or 5 MB.");
            }
            return 1;
        }
        long unit = size.group(2) == null ? 1 : size.group(2).equals("KB") ? 1024 : 1024 * 1024;
        return Long.parseLong(size.group(1)) * unit;
    }
}

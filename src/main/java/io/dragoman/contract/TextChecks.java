// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.OutboundToCustomerBuilder;
import io.dragoman.connector.kit.Rendering;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether texts of all kinds and lengths arrive as they were written. */
final class TextChecks {
    static final String GROUP = "texts";

    /** Families and flags of one visible character, right-to-left with marks, heaps of marks, and GSM's second table. */
    private static final List<String> HARD = List.of(
            "👩‍👩‍👧‍👦 🇩🇪 👍🏽",
            "שָׁלוֹם، مرحبا",
            "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!",
            "{[~^\\|€]}",
            "\"quoted\" %41 + \\u0041 {{x}} 'one'");

    private static final Pattern VISIBLE = Pattern.compile("\\X");

    private TextChecks() {}

    static List<ContractCheck> all() {
        return List.of(
                new ContractCheck(
                        GROUP,
                        "limits make sense",
                        "Limits are figures that a message can be fitted into.",
                        TextChecks::limits),
                new ContractCheck(
                        GROUP,
                        "long texts are cut between characters",
                        "Pieces fit the channel's limit, lose nothing, and tear no visible character.",
                        TextChecks::pieces),
                Sending.check(
                        GROUP,
                        "hard texts arrive",
                        "Emoji, right-to-left, heaps of marks, GSM's extension and escapes leave as they were written.",
                        TextChecks::hard,
                        sample -> LineChecks.hard(sample, HARD)));
    }

    private static Channel channel(ConnectorSample sample) {
        if (sample.connector() instanceof Channel channel) {
            return channel;
        }
        throw new NotApplicable("a desk takes everything");
    }

    private static void limits(ConnectorSample sample) {
        Limits limits = channel(sample).limits(sample.account());
        Expect.that(limits.text() > 0, "texts of " + limits.text(), "a length");
        for (int figure : List.of(limits.caption(), limits.buttons(), limits.rows(), limits.choiceText())) {
            Expect.that(figure >= 0, "a limit of " + figure, "none below 0");
        }
        if (limits.buttons() + limits.rows() > 0) {
            Expect.that(
                    limits.choiceText() > 0 && limits.choiceTitle() > 0,
                    "choices without room for question and title",
                    "choiceTexts()");
        }
        limits.media().values().forEach(limit -> Expect.that(limit.largest() > 0, "media of 0 bytes", "a size"));
    }

    private static void pieces(ConnectorSample sample) {
        Limits limits = channel(sample).limits(sample.account());
        if (limits.text() > PieceChecks.LONGEST) {
            throw new NotApplicable("it takes texts of any length, whole");
        }
        for (String hard : HARD) {
            String unit = hard + " "; // as long as two and a half messages, in the unit that needs least
            String text = unit.repeat(limits.text() * 5 / 2 / unit.codePointCount(0, unit.length()) + 2);
            List<String> pieces =
                    texts(Rendering.plan(limits, List.of(new Part.Text(text))).steps());
            Expect.that(pieces.size() > 1, "one piece", "several");
            Expect.that(
                    String.join("", pieces).replaceAll("\\s", "").equals(text.replaceAll("\\s", "")),
                    "pieces that are not the text",
                    "all of it, but for white space at a cut");
            for (String piece : pieces) {
                Expect.that(
                        limits.unit() != Limits.Unit.UTF_16 || piece.length() <= limits.text(),
                        "a piece of " + piece.length(),
                        "at most " + limits.text());
                Matcher visible = VISIBLE.matcher(piece);
                while (visible.find()) {
                    Expect.that(text.contains(visible.group()), "half of a character", "whole ones");
                }
            }
        }
    }

    private static List<String> texts(List<List<Part>> steps) {
        return steps.stream()
                .flatMap(List::stream)
                .filter(Part.Text.class::isInstance)
                .map(part -> ((Part.Text) part).text())
                .toList();
    }

    private static void hard(SendSample sample) {
        Channel channel = channel(sample);
        if (!(sample.outbound() instanceof ToCustomer message)) {
            throw new NotApplicable("what it sends is no message to a customer");
        }
        for (String hard : HARD) {
            ToCustomer one = OutboundToCustomerBuilder.builder(message)
                    .parts(List.of(new Part.Text(hard)))
                    .build();
            try (FakeProvider provider = FakeProvider.answering(200, Map.of(), "{}")) {
                URI base = provider.granting(sample.grants()).baseUrl();
                channel.send(sample.account(base), one, Sending.wire(sample, Sending.PATIENCE));
                String sent =
                        provider.bodies().stream().map(TextChecks::readable).collect(Collectors.joining("\n"));
                Expect.that(sent.contains(hard), sent, hard);
            }
        }
    }

    /** A body as it is and as whoever gets it reads it: the texts of JSON, the values of a form. */
    private static String readable(String body) {
        StringBuilder texts = new StringBuilder(body);
        try {
            texts(Json.tree(body.getBytes(StandardCharsets.UTF_8)), texts);
        } catch (IOException e) {
            // no JSON
        }
        try {
            texts.append('\n').append(URLDecoder.decode(body, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            // no form
        }
        return texts.toString();
    }

    private static void texts(JsonNode node, StringBuilder texts) {
        if (node.isTextual()) {
            texts.append('\n').append(node.asText());
        }
        node.forEach(child -> texts(child, texts));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What each target understands: recorded payloads, shipped files, and a few written by hand. */
final class Seeds {
    private static final Path CASES = Path.of("src/test/resources/io/dragoman/channel");

    private Seeds() {}

    static List<byte[]> of(String target) throws IOException {
        return switch (target) {
            case "whatsapp" -> files(CASES.resolve("whatsapp/cases"), ".in.json");
            case "telegram" -> files(CASES.resolve("telegram/cases"), ".in.json");
            case "twilio" -> files(CASES.resolve("twilio/cases"), ".txt");
            case "mail" -> files(CASES.resolve("email/cases"), ".eml");
            case "rules", "hours" -> files(Path.of("config"), target + ".yaml");
            case "yaml" -> files(Path.of("config"), ".yaml");
            case "config" -> configs();
            case "json" -> {
                List<byte[]> some = files(CASES.resolve("telegram/cases"), ".in.json");
                yield some.subList(0, Math.min(20, some.size()));
            }
            case "whatsapp-answer", "telegram-answer", "twilio-answer", "webhook-answer" -> answers();
            default -> texts(target).map(text -> text.getBytes(UTF_8)).toList();
        };
    }

    private static List<byte[]> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<byte[]> all = new ArrayList<>();
            for (Path file : files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList()) {
                all.add(Files.readAllBytes(file));
            }
            return all;
        }
    }

    private static List<byte[]> configs() throws IOException {
        List<byte[]> all = new ArrayList<>();
        List<String> names = List.of("gateway", "channels", "desks", "rules", "replies", "hours");
        for (int i = 0; i < names.size(); i++) {
            String text = Files.readString(Path.of("config/" + names.get(i) + ".yaml"));
            all.add(((char) i + text.replaceAll("(?m)^(\\s*)# ?", "$1")).getBytes(UTF_8));
            all.add(((char) i + text).getBytes(UTF_8));
        }
        all.add("\1channels:\n  sms: {kind: twilio, accountSid: AC01, authToken: \"${env:T}\", from: \"+15550100\"}\n"
                .getBytes(UTF_8));
        all.add(("\1channels:\n  mail:\n    kind: email\n    address: a@b.example\n    imap: {host: h, user: u,"
                        + " password: \"${file:/nowhere}\"}\n    smtp: {host: h, port: 25, tls: start}\n")
                .getBytes(UTF_8));
        all.add("\0http: {port: 80, publicUrl: https://x.example, maxBody: 4 MB, trustedProxies: \"::1, 10.0.0.0/8\"}\n"
                .getBytes(UTF_8));
        return all;
    }

    private static List<byte[]> answers() {
        List<byte[]> all = new ArrayList<>();
        for (String body : List.of(
                "{\"messages\":[{\"id\":\"wamid.x\"}]}",
                "{\"error\":{\"message\":\"(#130429) Rate limit hit\",\"type\":\"OAuthException\",\"code\":130429,"
                        + "\"error_subcode\":2494055,\"error_data\":{\"details\":\"x\"}}}",
                "{\"ok\":true,\"result\":{\"message_id\":5,\"chat\":{\"id\":7}}}",
                "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests: retry after 7\","
                        + "\"parameters\":{\"retry_after\":7,\"migrate_to_chat_id\":-100}}",
                "{\"sid\":\"SM1\",\"status\":\"queued\"}",
                "{\"code\":21211,\"message\":\"no\",\"status\":400}",
                "{\"id\":\"ticket-7\"}",
                "<html>502</html>",
                "")) {
            for (char status = 0; status < 14; status++) {
                all.add((status + body).getBytes(UTF_8));
            }
        }
        return all;
    }

    private static Stream<String> texts(String target) {
        return switch (target) {
            case "webhook" ->
                Stream.of(
                        "{\"type\":\"agent.replied\",\"data\":{\"conversation\":{\"id\":\"c\"},\"message\":{\"id\":\"m\","
                                + "\"parts\":[{\"type\":\"text\",\"text\":\"hi\"}]},\"author\":{\"name\":\"Bo\"}}}",
                        "{\"type\":\"conversation.closed\",\"data\":{\"conversation\":{\"id\":\"c\"}}}",
                        "{\"type\":\"agent.replied\",\"data\":{\"conversation\":{\"id\":\"c\"},\"message\":{\"parts\":"
                                + "[{\"type\":\"media\",\"media\":\"image\",\"url\":\"https://x.example/a.png\"},"
                                + "{\"type\":\"choices\",\"text\":\"?\",\"options\":[{\"id\":\"1\",\"title\":\"a\"}]},"
                                + "{\"type\":\"location\",\"latitude\":1.5,\"longitude\":2}]}}}");
            case "admin-body" ->
                Stream.of(
                        "{\"text\":\"hello\",\"author\":{\"name\":\"Bo\"},\"replyTo\":\"m\"}",
                        "{\"parts\":[{\"type\":\"text\",\"text\":\"hi\"},{\"type\":\"media\",\"media\":\"file\",\"url\":"
                                + "\"https://x.example/a\",\"fileName\":\"a.pdf\",\"size\":5}]}");
            case "route" ->
                Stream.of(
                        "{\"id\":\"7\",\"from\":\"ana\",\"text\":\"hello\",\"name\":\"Ana\",\"at\":\"2026-11-21T10:00:00Z\"}",
                        "{\"type\":\"message.received\",\"key\":\"k\",\"at\":\"2026-11-21T10:00:00Z\",\"sender\":"
                                + "{\"address\":\"a\",\"identities\":[]},\"externalId\":\"e\",\"parts\":[{\"type\":\"text\","
                                + "\"text\":\"x\"}]}");
            case "admin-query" ->
                Stream.of(
                        "50",
                        "2026-11-21T10:02:11.120Z",
                        "open",
                        "/api/v1/conversations/x/messages",
                        "+1000000000-12-31T00:00:00+18:00");
            case "media-link" -> Stream.of("m-1?expires=1999999999&signature=AAAA", "m?a&b=c&expires=1&expires=2");
            case "cel" ->
                Stream.of(
                        "contact.tags.exists(t, t == \"vip\") || message.parts.size() > 1",
                        "message.text.matches(\"(?i)refund|money\") && conversation.priority == \"high\"",
                        "message.text.size() > 3 ? true : message.text.startsWith('a')",
                        "[1,2,3].all(x, x > 0) && {'a': 1}.a == 1 && timestamp(\"2026-01-01T00:00:00Z\") < now",
                        "duration('1h') > duration('30m') && int('7') % 2 == 1");
            case "regex" ->
                Stream.of("charge(d)? twice", "(a+)+$", "^\\pL{2,5}[[:alpha:]]\\b(?i:x)|(?P<n>y)*?$", "a{1000}");
            case "liquid" ->
                Stream.of(
                        "Hello {{ contact.name | default: 'there' }}, {{ hours.nextOpen | date: '%A %H:%M' }}.",
                        "{% for i in (1..1000) %}{{ i | times: 2 }}{% endfor %}",
                        "{% if message.text contains 'x' %}a{% elsif true %}b{% else %}c{% endif %}",
                        "{% assign x = 'a' | append: message.text %}{{ x | upcase | slice: 0, 5 | split: ',' | join: '-' }}",
                        "{% capture y %}{{ message.text }}{% endcapture %}{{ y | replace: 'a', 'bb' }}{% raw %}{{ {% endraw %}");
            case "words" ->
                Stream.of(
                        "Refund please", "charged twice", "a".repeat(500) + "!", "xxxxxxxxxxxxxxxx", "ÝAGYŞ ßtraße ﬁ");
            case "mail-html" -> Html.attacks();
            case "mail-quoted" ->
                Stream.of(
                        "yes\r\n\r\nOn Mon, 1 Jan 2026 at 10:00, Ana <a@b.example> wrote:\r\n> old\r\n>> older\r\n",
                        "ja\r\n\r\nAm 1. Januar 2026 schrieb Ana:\r\n> alt\r\n-- \r\nGruß",
                        "oui\r\n\r\n-----Original Message-----\r\nFrom: x\r\nSent: y\r\nTo: z\r\nSubject: s\r\n\r\nold",
                        "a\r\n## Please write above ##\r\nb\r\n________________________________\r\nVon: x\r\n");
            case "mail-report" ->
                Stream.of(
                        "\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nFinal-Recipient:"
                                + " rfc822; a@b\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no\r\n"
                                + "\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <dragoman.aaaa@b>\r\n\r\n",
                        "\r\n--b\r\nContent-Type: message/disposition-notification\r\n\r\nDisposition: automatic; deleted\r\n");
            default -> proofs(target);
        };
    }

    private static Stream<String> proofs(String target) {
        return Stream.of(
                "hub.mode=subscribe&hub.challenge=42&hub.verify_token=v-wa\nsha256=" + "0".repeat(64) + "\n\n{}",
                "\n1\n1795255200\nv1," + "A".repeat(43) + "= v1a,x v1,y\n\n{}",
                "bodySHA256=00\nx\n" + "A".repeat(27) + "=\n\nMessageSid=SM1&Body=%zz&From=%2B4930",
                target + "\ns-tg\n\n{\"update_id\":1}",
                new String(new byte[] {(byte) 0xff, (byte) 0xfe, '\n', 0, '\n'}, ISO_8859_1));
    }
}

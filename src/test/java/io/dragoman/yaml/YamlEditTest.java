// SPDX-License-Identifier: Apache-2.0
package io.dragoman.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is changed in a file of YAML, and that nothing else is. */
final class YamlEditTest {
    private static final String SHOP = """
            # our channels
            channels:
              # the shop's bot
              shop:   # do not rename
                kind: telegram
                token: "${env:TG}"   # of @shop_bot
                # which network
                imap: {host: old.example, port: 993}   # kept
                smtp:
                  host: mail.example
                  port: 25
              # the second
              other: &base
                kind: sms
            # the end
            """;

    @Test
    void changesOneValueAndNothingElse() throws Exception {
        assertThat(put(SHOP, "shop", Map.of("token", "${file:secrets/tg}")))
                .isEqualTo(SHOP.replace("\"${env:TG}\"", "\"${file:secrets/tg}\""));
        assertThat(put(SHOP, "shop", Map.of("imap.host", "new.example")))
                .isEqualTo(SHOP.replace("old.example", "new.example"));
        assertThat(put(SHOP, "shop", Map.of("smtp.port", "587"))).isEqualTo(SHOP.replace("port: 25", "port: 587"));
    }

    @Test
    void addsValuesBehindThoseThatAreThere() throws Exception {
        assertThat(put(SHOP, "shop", Map.of("intake", "poll")))
                .isEqualTo(SHOP.replace("      port: 25\n", "      port: 25\n    intake: poll\n"));
        assertThat(put(SHOP, "shop", Map.of("imap.user", "ana b")))
                .isEqualTo(SHOP.replace("port: 993}", "port: 993, user: \"ana b\"}"));
        assertThat(put(SHOP, "shop", Map.of("smtp.user", "ana")))
                .isEqualTo(SHOP.replace("      port: 25\n", "      port: 25\n      user: ana\n"));
        assertThat(put(SHOP, "shop", Map.of("oauth.tenant", "t", "oauth.user.name", "nn")))
                .contains("      port: 25\n    oauth:\n", "      tenant: t\n", "      user:\n        name: nn\n")
                .contains("  # the second\n");
    }

    @Test
    void setsAValueAtTheTopLevel() throws Exception {
        assertThat(new YamlEdit("f", "# a\ndesk: one # b\nhttp: {port: 1}").set("desk", "two"))
                .isEqualTo("# a\ndesk: two # b\nhttp: {port: 1}");
        assertThat(new YamlEdit("f", "http: {port: 1}").set("desk", "two")).isEqualTo("http: {port: 1}\ndesk: two\n");
        assertThat(new YamlEdit("f", "").set("desk", "two")).isEqualTo("desk: two\n");
        assertThatThrownBy(() -> new YamlEdit("f", "desk: [one]").set("desk", "two"))
                .isInstanceOf(YamlEdit.Unchanged.class)
                .hasMessageContaining("Change it with an editor.");
    }

    @Test
    void addsAnAccountAtTheEnd() throws Exception {
        assertThat(put(SHOP, "third", ordered("kind", "telegram", "token", "${env:T}")))
                .isEqualTo(SHOP.replace(
                        "    kind: sms\n", "    kind: sms\n  third:\n    kind: telegram\n    token: \"${env:T}\"\n"));
    }

    @Test
    void removesValuesAndGroupsThatAreEmptyThen() throws Exception {
        assertThat(new YamlEdit("f", SHOP).put("channels", "shop", Map.of(), Set.of("token")))
                .isEqualTo(SHOP.replace("    token: \"${env:TG}\"   # of @shop_bot\n", ""));
        assertThat(new YamlEdit("f", SHOP).put("channels", "shop", Map.of(), Set.of("imap.host", "imap.port")))
                .isEqualTo(SHOP.replace("    imap: {host: old.example, port: 993}   # kept\n", ""));
        assertThat(new YamlEdit("f", SHOP).put("channels", "shop", Map.of(), Set.of("imap.port")))
                .isEqualTo(SHOP.replace(", port: 993}", "}"));
        assertThat(new YamlEdit("f", SHOP).put("channels", "shop", Map.of(), Set.of("imap.host")))
                .isEqualTo(SHOP.replace("host: old.example, ", ""));
        assertThat(new YamlEdit("f", SHOP)
                        .put("channels", "shop", Map.of("imap.user", "ana"), Set.of("imap.host", "imap.port")))
                .contains("imap: {user: ana, }   # kept");
    }

    @Test
    void removesAnAccountAndKeepsTheCommentsAround() throws Exception {
        assertThat(new YamlEdit("f", SHOP).remove("channels", "other"))
                .isEqualTo(SHOP.replace("  other: &base\n    kind: sms\n", ""));
        String alone = "channels:\n  one: {kind: a}\n# end\n";
        assertThat(new YamlEdit("f", alone).remove("channels", "one")).isEqualTo("channels:\n# end\n");
        String flow = "channels: {one: {kind: a}, two: {kind: b}} # all\n";
        assertThat(new YamlEdit("f", flow).remove("channels", "two")).isEqualTo("channels: {one: {kind: a}} # all\n");
        assertThat(new YamlEdit("f", flow).remove("channels", "one")).isEqualTo("channels: {two: {kind: b}} # all\n");
    }

    @Test
    void keepsTheEndsOfLines() throws Exception {
        String windows = SHOP.replace("\n", "\r\n");
        assertThat(put(windows, "shop", Map.of("intake", "poll", "token", "x")))
                .isEqualTo(SHOP.replace("      port: 25\n", "      port: 25\n    intake: poll\n")
                        .replace("\"${env:TG}\"", "x")
                        .replace("\n", "\r\n"));
        assertThat(new YamlEdit("f", windows).remove("channels", "other"))
                .isEqualTo(SHOP.replace("  other: &base\n    kind: sms\n", "").replace("\n", "\r\n"));
    }

    @Test
    void managesWithoutALineEndAtTheEnd() throws Exception {
        assertThat(put("channels:\n  a:\n    kind: x", "a", Map.of("b", "c")))
                .isEqualTo("channels:\n  a:\n    kind: x\n    b: c\n");
        assertThat(put("channels:\n  a:\n    kind: x # last", "z", Map.of("kind", "c")))
                .isEqualTo("channels:\n  a:\n    kind: x # last\n  z:\n    kind: c\n");
        assertThat(new YamlEdit("f", "channels:\n  b: {kind: y}\n  a:\n    kind: x").remove("channels", "a"))
                .isEqualTo("channels:\n  b: {kind: y}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing yet\n",
                "# nothing yet",
                "channels:\n",
                "channels:",
                "channels: # none\n  # example\n",
                "channels: {}\n",
                "channels: ~\n",
                "\uFEFFchannels:\n  b: {kind: y}\n",
                "---\nchannels:\n    b:\n        kind: y\n",
                "'channels':\n  b: {kind: y}\nelse: kept\n",
                "channels: {b: {kind: y}}\n",
                "channels: {\n  b: {kind: y}, # why\n}\n"
            })
    void makesTheFirstAccountWhereverItHasToStand(String before) throws Exception {
        String after = put(before, "a", ordered("kind", "x", "imap.host", "h"));
        assertThat(read(after)
                        .get("channels")
                        .orElseThrow()
                        .get("a")
                        .orElseThrow()
                        .get("imap"))
                .isPresent();
        assertThat(after.lines()).noneMatch(line -> line.endsWith(" "));
        for (String comment : new String[] {"# nothing yet", "# none", "# example", "# why", "else: kept"}) {
            assertThat(after.contains(comment)).as(comment).isEqualTo(before.contains(comment));
        }
    }

    @Test
    void putsAValueInThePlaceOfABlockOfLines() throws Exception {
        String block = "channels:\n  a:\n    kind: x\n    note: |\n      one\n      two\n\n    last: y\n";
        assertThat(put(block, "a", Map.of("note", "short")))
                .isEqualTo("channels:\n  a:\n    kind: x\n    note: short\n\n    last: y\n");
        assertThat(put(block, "a", Map.of("last", "z"))).isEqualTo(block.replace("last: y", "last: z"));
        String atEnd = "channels:\n  a:\n    kind: x\n    note: >-\n      one\n      two\n# end\n";
        assertThat(put(atEnd, "a", Map.of("more", "m")))
                .isEqualTo("channels:\n  a:\n    kind: x\n    note: >-\n      one\n      two\n    more: m\n# end\n");
        String kept = "channels:\n  a:\n    kind: x\n    note: |+\n      one\n\n    last: y\n";
        assertThat(put(kept, "a", Map.of("note", "s", "last", "z")))
                .isEqualTo("channels:\n  a:\n    kind: x\n    note: s\n    last: z\n");
    }

    @Test
    void changesNothingThatAnAnchorSharesWithOthers() throws Exception {
        String shared = "channels:\n  a:\n    kind: x\n    token: &t one\n  b:\n    kind: x\n    token: *t\n";
        assertThatThrownBy(() -> put(shared, "a", Map.of("token", "two")))
                .isInstanceOf(YamlEdit.Unchanged.class)
                .hasMessageStartingWith("f is written in a way that cannot be changed here")
                .hasMessageEndingWith("Change it with an editor.");
        assertThat(put(shared, "b", Map.of("token", "two"))).isEqualTo(shared.replace("*t", "two"));
        String whole = "channels:\n  a: &a {kind: x}\n  b: *a\n";
        assertThatThrownBy(() -> put(whole, "b", Map.of("kind", "y"))).isInstanceOf(YamlEdit.Unchanged.class);
        assertThatThrownBy(() -> put(whole, "a", Map.of("kind", "y"))).isInstanceOf(YamlEdit.Unchanged.class);
        assertThatThrownBy(() -> new YamlEdit("f", whole).remove("channels", "a"))
                .isInstanceOf(YamlEdit.Unchanged.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"channels: [", "channels:\n  a: {kind: x}\n  a: {kind: y}\n", "a: b: c\n"})
    void refusesWhatDoesNotParse(String broken) {
        assertThatThrownBy(() -> put(broken, "a", Map.of("kind", "y")))
                .isInstanceOf(YamlEdit.Unchanged.class)
                .hasMessageStartingWith("f is not YAML that can be changed: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "with space",
                "",
                " ",
                "null",
                "~",
                "true",
                "12",
                "1e3",
                "a: b",
                "a #b",
                "#b",
                "- x",
                "*x",
                "&x",
                "!x",
                "%x",
                "@x",
                "`x`",
                "'",
                "\"",
                "\\",
                "{}",
                "[]",
                "a,b",
                "two\nlines",
                "tab\there",
                "\u0007",
                "\u2028",
                "\u202E",
                "გამარჯობა",
                "😀",
                "\uFEFF",
                "${env:X}",
                "$${env:X}",
                "---",
                "...",
                "? x",
                "|",
                ">"
            })
    void writesAnyTextSoThatItIsReadAgain(String text) throws Exception {
        for (String before :
                new String[] {"channels:\n  a: {kind: x, v: 1}\n", "channels:\n  a:\n    v: 1\n    b: 2\n"}) {
            Node read = read(put(before, "a", Map.of("v", text, "fresh", text)));
            Node account = read.get("channels").orElseThrow().get("a").orElseThrow();
            assertThat(account.get("v").orElseThrow().text()).isEqualTo(text);
            assertThat(account.get("fresh").orElseThrow().text()).isEqualTo(text);
        }
    }

    /** Files as people write them, by chance: whatever is changed, every comment outside of it is still there. */
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void keepsEveryCommentOutsideOfWhatGoes(String end) throws Exception {
        Random random = new Random(42);
        int changed = 0;
        for (int round = 0; round < 3_000; round++) {
            RandomFile file = new RandomFile(random);
            String before = file.text.toString().replace("\n", end);
            if (random.nextInt(4) == 0) {
                before = before.stripTrailing();
            }
            String id = "a" + random.nextInt(4);
            boolean gone = random.nextInt(3) == 0;
            String name =
                    List.of("v0", "v1", "g0.v0", "g1.v2", "fresh", "fresh.v0").get(random.nextInt(6));
            Map<String, String> set = random.nextBoolean() ? Map.of(name, "new " + round) : Map.of();
            Set<String> remove = Set.of(random.nextBoolean() ? "v1" : "g0.v0");
            String after;
            try {
                after = gone
                        ? new YamlEdit("f", before).remove("channels", id)
                        : new YamlEdit("f", before).put("channels", id, set, set.isEmpty() ? remove : Set.of());
            } catch (YamlEdit.Unchanged e) {
                continue; // a person has to
            }
            changed++;
            for (String comment : file.comments) {
                boolean inside = comment.startsWith("#" + id + "-") && (gone || set.isEmpty());
                assertThat(inside || after.contains(comment))
                        .as(comment + " of" + before + "became" + after)
                        .isTrue();
            }
            assertThat(after.replace(end, "")).doesNotContain("\r").doesNotContain("\n");
        }
        assertThat(changed).isGreaterThan(2_700);
    }

    /** Some accounts in block or flow style, with comments of their own. */
    private static final class RandomFile {
        final StringBuilder text = new StringBuilder();
        final List<String> comments = new ArrayList<>();
        private final Random random;

        RandomFile(Random random) {
            this.random = random;
            text.append(comment("top")).append("channels:").append(comment("top"));
            int step = 1 + random.nextInt(4);
            for (int i = 0; i < 4; i++) {
                if (random.nextInt(3) == 0) {
                    text.append(" ".repeat(step)).append(comment("between"));
                }
                text.append(" ".repeat(step)).append("a").append(i).append(':');
                if (random.nextInt(3) == 0) {
                    text.append(" {kind: x, v0: \"a # b\", g0: {v0: 1, v1: 'it''s'}, v1: 2}")
                            .append(comment("a" + i));
                } else {
                    text.append(comment("a" + i));
                    account(" ".repeat(step + 1 + random.nextInt(3)), "a" + i);
                }
            }
            text.append("# end").append('\n');
            comments.add("# end");
        }

        private void account(String indent, String id) {
            text.append(indent).append("kind: 'x'").append(comment(id));
            for (int i = 0; i < 2; i++) {
                switch (random.nextInt(5)) {
                    case 0 ->
                        text.append(indent)
                                .append("v" + i + ": |\n")
                                .append(indent)
                                .append("  one\n\n");
                    case 1 -> text.append(indent).append("v" + i + ":").append(comment(id));
                    case 2 ->
                        text.append(indent)
                                .append("v" + i + ": two\n")
                                .append(indent)
                                .append("  lines")
                                .append(comment(id));
                    case 3 ->
                        text.append('\n')
                                .append(indent)
                                .append("\"v" + i + "\": \"q\"")
                                .append(comment(id));
                    default -> {}
                }
            }
            if (random.nextBoolean()) {
                text.append(indent).append("g0:").append(comment(id));
                text.append(indent).append("  v0: 1").append(comment(id));
                text.append(indent).append("  v1: 😀").append(comment(id));
            }
        }

        private String comment(String where) {
            if (random.nextBoolean()) {
                return "\n";
            }
            String comment = "#" + where + "-" + comments.size() + ".";
            comments.add(comment);
            return " " + comment + "\n";
        }
    }

    private static Node read(String text) {
        Problems problems = new Problems();
        Node root = Yaml.read("f", text, problems).orElseThrow();
        assertThat(problems.all()).isEmpty();
        return root;
    }

    private static String put(String text, String id, Map<String, String> set) throws YamlEdit.Unchanged {
        return new YamlEdit("f", text).put("channels", id, set, Set.of());
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}

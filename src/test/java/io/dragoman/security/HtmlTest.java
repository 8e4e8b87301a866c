// SPDX-License-Identifier: Apache-2.0
package io.dragoman.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Request;
import io.dragoman.connector.Signature;
import io.dragoman.fuzz.Accounts;
import io.dragoman.fuzz.Harm;
import io.dragoman.fuzz.Html;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Event;
import io.dragoman.model.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Checklist 14: of the HTML of a mail nothing is left that a browser would run or fetch, however it is put. */
final class HtmlTest {
    private static final int MUTATIONS = 4_000;
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final Connector email = Accounts.connector("email");
    private final Account account = Accounts.account("email");

    @Test
    void everyKnownAttackIsMadeHarmless() throws Exception {
        List<String> attacks = Html.attacks().toList();
        int kept = 0;
        for (String attack : attacks) {
            String html = cleaned("<p>hello</p>" + attack + "<p>bye</p>");
            assertThat(Harm.in(html)).as(attack + "\n→ " + html).isNull();
            kept += html.isEmpty() ? 0 : 1;
        }
        System.out.println("attacks: " + attacks.size() + ", of which something harmless was left: " + kept);
        assertThat(kept).isGreaterThan(attacks.size() / 2);
    }

    @Test
    void mixturesOfThemToo() throws Exception {
        List<String> attacks = Html.attacks().toList();
        Random random = new Random(14);
        for (int i = 0; i < MUTATIONS; i++) {
            StringBuilder mixed = new StringBuilder();
            for (int n = random.nextInt(4); n >= 0; n--) {
                String one = attacks.get(random.nextInt(attacks.size()));
                int from = random.nextInt(one.length());
                mixed.append(random.nextBoolean() ? one : one.substring(from))
                        .append(List.of(
                                        "",
                                        "<p>",
                                        "</p>",
                                        "<!--",
                                        "-->",
                                        "\"",
                                        "'",
                                        ">",
                                        "<",
                                        "</table>",
                                        "</style>",
                                        "&lt;",
                                        "\u0000",
                                        "</svg>")
                                .get(random.nextInt(14)));
            }
            String html = cleaned(mixed.toString());
            assertThat(Harm.in(html)).as(mixed + "\n→ " + html).isNull();
        }
    }

    /** What is cleaned stays as it is when it is cleaned again: nothing in it becomes something else. */
    @Test
    void cleaningTwiceChangesNothing() throws Exception {
        for (String attack : Html.attacks().toList()) {
            String once = cleaned("<p>hello</p>" + attack);
            // a picture from elsewhere is marked the first time, and the mark is nobody else's to make
            if (!once.isEmpty() && !once.contains("data-remote")) {
                // nor is the number of the part that a picture in the page became
                assertThat(cleaned(once)).as(attack).isEqualTo(once.replaceAll(" data-part=\"\\d+\"", ""));
            }
        }
    }

    @Test
    void theLookerFindsWhatIsHarmful() {
        for (String harm : List.of(
                "<script>x</script>",
                "<img src=x onerror=y>",
                "<a href=javascript:x>y</a>",
                "<p style=x>y</p>",
                "<iframe></iframe>",
                "<img src=https://x.example/p.gif>",
                "<!-- x -->",
                "<a href='java\nscript:x'>y</a>")) {
            assertThat(Harm.in(harm)).as(harm).isNotNull();
        }
        assertThat(Harm.in("<p>hello <a href=https://x.example/>x</a><img src=cid:1></p>"))
                .isNull();
    }

    private String cleaned(String html) throws Exception {
        byte[] mail =
                ("From: a@customer.example\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html).getBytes(UTF_8);
        List<String> found = new ArrayList<>();
        Request request = Request.polled("INBOX/7/1", mail, NOW);
        for (Event event : email.read(account, Signature.polled(request))) {
            for (Part part : ((CustomerEvent.MessageReceived) event).parts()) {
                if (part instanceof Part.Text text && text.html() != null) {
                    found.add(text.html());
                }
            }
        }
        return String.join("", found);
    }
}

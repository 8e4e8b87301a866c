// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestGateway;
import io.dragoman.app.answers.SitePages;
import io.dragoman.config.Home;
import io.dragoman.config.TestConnector;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Response;
import io.dragoman.rules.RuleBook;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.RuleFiles;
import io.dragoman.yaml.Yaml;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of the FAQ, without a gateway that runs. */
final class AnswersCommandTest {
    private final Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Home home;

    AnswersCommandTest(@TempDir Path folder) {
        this.folder = folder;
        home = new Home(folder).write("channels", "channels:\n  polly: {kind: parrot, token: x}\n");
    }

    @Test
    void askShouldShowWhatIsFoundWithItsScore() throws Exception {
        home.write("faq", "faq:\n  - {question: When will it arrive?, answer: Tomorrow., language: en}\n");
        Files.createDirectories(folder.resolve("config/faq"));
        Files.writeString(folder.resolve("config/faq/help.ka.md"), "## რა ღირს მიწოდება?\nუფასოა.\n");
        assertThat(run("answers", "ask", "when will it arrive", "--language", "en"))
                .isZero();
        assertThat(out.toString()).isEqualTo("""
                Searched in en.
                  1.00  en  When will it arrive?
                Answered: Tomorrow.
                """);
        assertThat(run("answers", "ask", "რა ღირს მიწოდება")).isZero();
        assertThat(out.toString()).contains("Searched in ka.", "Answered: უფასოა.");
        assertThat(run("answers", "ask", "who sings in your advertisement?")).isZero();
        assertThat(out.toString()).contains("Not answered: that takes 0.27, and 0.04 more than the next.");
    }

    @Test
    void trialShouldAnswerAsTheGatewayDoes() {
        home.write("faq", "faq:\n  - {question: When will it arrive?, answer: Tomorrow., language: en}\n")
                .write("rules", "guard: {perConversation: 1}\nrules: [{name: faq, answer: true}]\n");
        assertThat(run(
                        "try",
                        "--channel",
                        "polly",
                        "--language",
                        "en",
                        "--text",
                        "When will it arrive?",
                        "--text",
                        "no",
                        "--text",
                        "a human please"))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "answer: Tomorrow.",
                        "the customer says that it did not help",
                        "it is suppressed: 1 automatic reply")
                .contains("answer: handed-over, the customer asked for a person ('a human')");
    }

    /** A site of one page, and the same whoever asks. */
    private static final class Site extends PlainTransport {
        @Override
        public Response http(HttpCall call) {
            boolean isMap = call.uri().getPath().endsWith(".xml");
            String text = isMap
                    ? "<urlset><url><loc>https://shop.example/help</loc></url></urlset>"
                    : "<html lang=en><h1>When will it arrive?</h1><p>Within three days.</p></html>";
            return new Response(
                    200,
                    Map.of("content-type", isMap ? "application/xml" : "text/html"),
                    text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    @DisplayName(
            "try, tests of rules and backtest see the pages that the gateway read last, and say where there are none")
    void pagesOfASiteShouldBeSeenWithoutTheGateway() throws Exception {
        home.write("faq", "siteMaps: [{url: 'https://shop.example/sitemap.xml'}]\n")
                .write("rules", "rules: [{name: faq, answer: true}]\n")
                .write("rules.test", """
                        tests:
                          - name: Delivery
                            given: {text: When will it arrive?, language: en}
                            expect: {answer: answered, text: three days}
                        """);
        String[] attempt = {"try", "--channel", "polly", "--language", "en", "--text", "When will it arrive?"};
        assertThat(run(attempt)).isZero();
        assertThat(err.toString())
                .contains("The pages of https://shop.example/sitemap.xml were never fetched by a gateway of this home");
        assertThat(run("check")).isNotZero();
        assertThat(out.toString()).contains("expected answered, found missed");

        SitePages pages = new SitePages(folder.resolve("data"));
        RuleBook book = RuleBook.read(
                new RuleFiles(
                        null,
                        null,
                        null,
                        Yaml.read("faq.yaml", Files.readString(folder.resolve("config/faq.yaml")), new Problems())
                                .orElseThrow(),
                        List.of(),
                        null),
                Set.of(),
                Set.of(),
                new Problems());
        assertThat(pages.refresh(book, new Site())).isTrue();
        assertThat(run(attempt)).isZero();
        assertThat(err.toString()).doesNotContain("never fetched");
        assertThat(out.toString()).contains("answer: Within three days.", "https://shop.example/help");
        assertThat(run("check")).as(out.toString() + err).isZero();
        try (TestGateway test = new TestGateway(folder.resolve("data"), book::decide)) {
            test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"When will it arrive?\"}]");
            TestGateway.await("the desk", () -> !test.desk.sent.isEmpty());
        }
        home.write("channels", "channels:\n  shop: {kind: parrot, token: x}\n").file("none.yaml", "rules: []\n");
        assertThat(run("backtest", folder.resolve("none.yaml").toString())).isZero();
        assertThat(out.toString()).contains("answer answered -> -", "1 of 1 messages would be treated differently.");
    }

    @Test
    void errorOfAnArticleShouldNameItsPlace() throws Exception {
        Files.createDirectories(folder.resolve("config/faq"));
        Files.writeString(folder.resolve("config/faq/help.ka.md"), "## რა ღირს მიწოდება?\n");
        assertThat(run("check")).isNotZero();
        assertThat(out.toString() + err)
                .contains("config/faq/help.ka.md:1:1 has nothing below this question. Write the answer there.");
    }

    @Test
    void unansweredShouldListTheQuestions() throws Exception {
        RuleBook book = RuleBook.read(
                RuleFiles.of(
                        Yaml.read("rules.yaml", "rules: [{name: faq, answer: true}]", new Problems())
                                .orElseThrow(),
                        null,
                        null),
                Set.of(),
                Set.of(),
                new Problems());
        try (TestGateway test = new TestGateway(folder.resolve("data"), book::decide)) {
            test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"Do you sell gift cards?\"}]");
            TestGateway.await("the desk", () -> !test.desk.sent.isEmpty());
        }
        assertThat(run("answers", "unanswered")).isZero();
        assertThat(out.toString()).contains("1 × ?", "    Do you sell gift cards?", "1 not answered, 0 answered since");
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--home";
        all[arguments.length + 1] = folder.toString();
        return new Dragoman(TestConnector.ALL, home.environment()::get)
                .commandLine(new PrintWriter(out), new PrintWriter(err))
                .execute(all);
    }
}

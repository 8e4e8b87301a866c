// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import io.dragoman.model.UnicodeText;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.net.WWWFormCodec;
import org.jspecify.annotations.Nullable;

/**
 * The page on which somebody answers a survey. Opening it records nothing, for programs that check mails open every link;
 * sending the form does. Without scripts.
 */
public final class SurveyPage implements HttpListener.Handler {
    private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "he", "fa", "ur");
    private static final int LONGEST_COMMENT = 2_000;

    private final Vertx vertx;
    private final SurveyLinks links;
    private final Answers answers;

    public SurveyPage(Vertx vertx, SurveyLinks links, Answers answers) {
        this.vertx = vertx;
        this.links = links;
        this.answers = answers;
    }

    /** Where the surveys are. Its methods block. */
    public interface Answers {
        /** What is asked; empty for a survey that is not there, or takes no more answers. */
        Optional<Asked> asked(String survey);

        /** Takes an answer; durable when it returns. */
        void answer(String survey, int score, @Nullable String comment);
    }

    /**
     * What is asked.
     *
     * @param titles what each score is called, from the least on; empty for numbers alone
     * @param comment asks for a comment
     */
    public record Asked(
            String language, String question, int least, int most, List<String> titles, String comment, String thanks) {
        public Asked {
            titles = List.copyOf(titles);
        }
    }

    /** What is sent. */
    private record Page(int status, String html) {}

    @Override
    public void handle(HttpServerRequest request, byte[] body) {
        String path = String.valueOf(request.path());
        Optional<String> survey = links.survey(path.substring(path.lastIndexOf('/') + 1));
        String method = request.method().name();
        String query = request.query() == null ? "" : request.query();
        if (survey.isEmpty()) {
            ProblemDetails.of(404, "There is nothing at this address.").answer(request.response());
        } else if (!Set.of("GET", "HEAD", "POST").contains(method)) {
            ProblemDetails.of(405, "A survey is opened by GET and answered by POST.")
                    .answer(request.response());
        } else {
            boolean post = method.equals("POST");
            String form = post ? new String(body, StandardCharsets.UTF_8) : query;
            vertx.executeBlocking(() -> page(survey.get(), post, form), false)
                    .onSuccess(page -> send(request.response(), page, method.equals("HEAD")))
                    .onFailure(failure -> ProblemDetails.of(503, "The store is unavailable. Please try it again.")
                            .answer(request.response()));
        }
    }

    private Page page(String survey, boolean post, String form) {
        Optional<Asked> asked = answers.asked(survey);
        if (asked.isEmpty()) {
            return new Page(410, html("en", "<p>This survey takes no more answers.</p>"));
        }
        Optional<Integer> score = score(asked.get(), value(form, "r"));
        if (!post || score.isEmpty()) {
            return new Page(post ? 422 : 200, form(asked.get(), score.orElse(null)));
        }
        String comment = value(form, "comment").strip();
        answers.answer(survey, score.get(), comment.isEmpty() ? null : UnicodeText.cut(comment, LONGEST_COMMENT));
        return new Page(
                200, html(asked.get().language(), "<p>" + escaped(asked.get().thanks()) + "</p>"));
    }

    private static Optional<Integer> score(Asked asked, String text) {
        return text.matches("\\d{1,2}")
                ? Optional.of(Integer.valueOf(text)).filter(score -> score >= asked.least() && score <= asked.most())
                : Optional.empty();
    }

    private static String value(String form, String name) {
        return WWWFormCodec.parse(form, StandardCharsets.UTF_8).stream()
                .filter(pair -> pair.getName().equals(name))
                .map(NameValuePair::getValue)
                .filter(value -> value != null)
                .findFirst()
                .orElse("");
    }

    private static String form(Asked asked, @Nullable Integer chosen) {
        StringBuilder page = new StringBuilder("<form method=\"post\"><fieldset><legend>");
        page.append(escaped(asked.question())).append("</legend>");
        for (int score = asked.least(); score <= asked.most(); score++) {
            String title = asked.titles().isEmpty() ? "" : " " + asked.titles().get(score - asked.least());
            page.append("<p><label><input type=\"radio\" name=\"r\" required value=\"")
                    .append(score)
                    .append(chosen != null && chosen == score ? "\" checked> " : "\"> ")
                    .append(score)
                    .append(escaped(title))
                    .append("</label></p>");
        }
        page.append("</fieldset>");
        if (!asked.comment().isEmpty()) {
            page.append("<p><label>")
                    .append(escaped(asked.comment()))
                    .append("<br><textarea name=\"comment\" rows=\"4\" cols=\"40\" maxlength=\"")
                    .append(LONGEST_COMMENT)
                    .append("\"></textarea></label></p>");
        }
        return html(
                asked.language(),
                page.append("<p><button>OK</button></p></form>").toString());
    }

    private static String html(String language, String body) {
        String tag = language.equals("default") ? "en" : language;
        String base = tag.split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
        String direction = RIGHT_TO_LEFT.contains(base) ? " dir=\"rtl\"" : "";
        return "<!doctype html><html lang=\"" + escaped(tag) + "\"" + direction + "><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>✓</title></head><body><main>" + body
                + "</main></body></html>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static void send(HttpServerResponse response, Page page, boolean bare) {
        response.setStatusCode(page.status())
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .putHeader("Content-Security-Policy", "default-src 'none'; form-action 'self'; frame-ancestors 'none'")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Robots-Tag", "noindex")
                .putHeader("X-Content-Type-Options", "nosniff");
        if (bare) {
            response.end();
        } else {
            response.end(page.html());
        }
    }
}

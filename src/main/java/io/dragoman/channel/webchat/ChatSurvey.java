// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Setting;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.SurveyAnswered;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What visitors are asked when their chat has ended (CSAT). */
final class ChatSurvey {
    /** In the languages of the widget itself. */
    private static final List<Setting<String>> QUESTIONS = Stream.of("en", "de", "ar")
            .map(language -> Setting.text(
                    "survey.question." + language,
                    "What visitors are asked when their chat has ended, in this language (" + language + ")."))
            .toList();

    private static final Setting<Scale> SCALE = Setting.choice(
                    "survey.scale", "How they answer: stars (1 to 5) or thumbs (down is 1, up is 5).", Scale.class)
            .or("stars");
    private static final Setting<Boolean> COMMENT = Setting.flag(
                    "survey.comment", "Whether they may say more in their own words.")
            .or("true");

    static final List<Setting<?>> SETTINGS = Stream.concat(QUESTIONS.stream(), Stream.of(SCALE, COMMENT))
            .<Setting<?>>map(setting -> setting)
            .toList();

    private static final int LONGEST_COMMENT = 1_000;
    private static final int MOST = 5;

    private ChatSurvey() {}

    /** What an answer can be. */
    enum Scale {
        STARS,
        THUMBS
    }

    static boolean isAsked(Account account) {
        return QUESTIONS.stream().anyMatch(question -> account.find(question).isPresent());
    }

    static List<String> problems(Account account) {
        return account.has("survey") && !isAsked(account)
                ? List.of("survey.question is missing: it is what visitors are asked, such as"
                        + " question: {en: \"How was this chat?\"}")
                : List.of();
    }

    /** For the widget: nothing where nothing is asked. */
    static void describe(Account account, ObjectNode config) {
        if (isAsked(account)) {
            ObjectNode survey = config.putObject("survey");
            ObjectNode texts = survey.putObject("question");
            QUESTIONS.forEach(question -> account.find(question)
                    .ifPresent(text -> texts.put(question.name().replaceAll(".*\\.", ""), text)));
            survey.put("scale", scale(account) == Scale.THUMBS ? "thumbs" : "stars");
            survey.put("comment", account.find(COMMENT).orElse(true));
        }
    }

    private static Scale scale(Account account) {
        return account.find(SCALE).orElse(Scale.STARS);
    }

    /** An answer, which may be the second. */
    static SurveyAnswered read(Account account, Visitor visitor, JsonFields body, Instant at) throws MalformedPayload {
        long score = body.number("score");
        boolean fits = scale(account) == Scale.THUMBS ? score == 1 || score == MOST : score >= 1 && score <= MOST;
        if (!fits) {
            throw new MalformedPayload("score must be from 1 to 5; of thumbs 1 or 5");
        }
        String conversation = body.text("conversation");
        if (!conversation.matches("[A-Za-z0-9-]{1,64}")) {
            throw new MalformedPayload("conversation must be that of the entry closed");
        }
        String comment = body.findText("comment").map(String::strip).orElse("");
        if (comment.codePointCount(0, comment.length()) > LONGEST_COMMENT) {
            throw new MalformedPayload("comment must have at most " + LONGEST_COMMENT + " characters");
        }
        return new SurveyAnswered(
                "survey:" + visitor.address() + "/" + InboundReader.clientMsgId(body),
                at,
                visitor.address(),
                conversation,
                (int) score,
                comment.isEmpty() || !account.find(COMMENT).orElse(true) ? null : comment);
    }
}

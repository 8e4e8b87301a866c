// SPDX-License-Identifier: Apache-2.0
package io.dragoman.survey;

import io.dragoman.connector.Request;
import io.dragoman.http.server.SurveyPage.Answers;
import io.dragoman.http.server.SurveyPage.Asked;
import io.dragoman.model.Conversation;
import io.dragoman.model.Hashes;
import io.dragoman.model.Json;
import io.dragoman.model.SurveyAnswered;
import io.dragoman.rules.Rules;
import io.dragoman.rules.survey.Survey;
import io.dragoman.store.Events;
import io.dragoman.store.Store;
import io.dragoman.store.Surveys.Sent;
import io.dragoman.store.Tx;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes what is answered on the page of a survey into the inbox, in the lane of its customer. */
public final class PageAnswers implements Answers {
    private final Store store;
    private final Supplier<Rules> rules;
    private final Supplier<String> ids;
    private final Clock clock;

    /**
     * @param rules the active ones
     * @param ids makes ids in rising order
     */
    public PageAnswers(Store store, Supplier<Rules> rules, Supplier<String> ids, Clock clock) {
        this.store = store;
        this.rules = rules;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Optional<Asked> asked(String id) {
        Optional<Sent> sent = store.read(tx -> tx.surveys().find(id));
        return sent.flatMap(one -> rules.get().surveys().stream()
                .filter(survey -> survey.name().equals(one.name()))
                .filter(survey -> survey.scale().text().equals(one.scale()))
                .filter(survey -> clock.instant().isBefore(one.sentAt().plus(survey.expires())))
                .findFirst()
                .map(survey -> asked(survey, one.language())));
    }

    private static Asked asked(Survey survey, String language) {
        return new Asked(
                language,
                survey.question(language),
                survey.scale().least(),
                survey.scale().most(),
                survey.choices(language),
                survey.comment(language).orElse(""),
                survey.thanks(language).orElse("✓"));
    }

    @Override
    public void answer(String id, int score, @Nullable String comment) {
        Instant now = clock.instant();
        store.takeIn(tx -> answer(tx, id, score, comment, now)).join();
    }

    private boolean answer(Tx tx, String id, int score, @Nullable String comment, Instant now) {
        Optional<Sent> sent = tx.surveys().find(id);
        if (sent.isEmpty()) {
            return false;
        }
        Conversation place =
                tx.conversations().find(sent.get().conversation()).orElseThrow().conversation();
        SurveyAnswered event =
                new SurveyAnswered("page:" + ids.get(), now, place.address(), place.id(), score, comment, id, true);
        byte[] body = Json.bytes(event);
        Request request = new Request(Request.Origin.RECEIVED, "POST", "/s/" + id, "", Map.of(), body, now);
        String sha256 = Hashes.sha256Hex(body);
        tx.events()
                .take(
                        new Events.Arrived(place.channel(), request, body, null, sha256, List.of(event), null),
                        ids,
                        now.toEpochMilli());
        return true;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.overview;

import io.dragoman.app.overview.Need.Action;
import io.dragoman.app.phrase.Phrase;
import io.dragoman.app.phrase.Sentence;
import io.dragoman.app.status.GatewaySummary.WorkCounts;
import io.dragoman.model.Words;
import io.dragoman.store.DeadLetters.Cause;
import io.dragoman.store.DeadLetters.Origin;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is dead or uncertain, by the place and the cause: what is mended together is told together. */
final class TroubleNeeds {
    /** More causes than that are told as a number. */
    private static final int MOST = 6;

    private static final String DEAD = "dead";
    private static final String UNCERTAIN = "uncertain";

    private TroubleNeeds() {}

    static List<Need> of(WorkCounts work, List<Cause> causes) {
        List<Need> needs = new ArrayList<>();
        List<Cause> told = causes.stream().limit(MOST).toList();
        told.forEach(cause -> needs.add(of(cause)));
        rest(DEAD, work.dead(), told, Sentence.DEAD, needs);
        rest(UNCERTAIN, work.uncertain(), told, Sentence.UNCERTAIN, needs);
        return needs;
    }

    /** What the causes that are told do not account for. */
    private static void rest(String code, long all, List<Cause> told, Sentence sentence, List<Need> needs) {
        long more = all
                - told.stream()
                        .filter(cause -> Words.of(cause.state()).equals(code))
                        .mapToLong(Cause::count)
                        .sum();
        if (more > 0) {
            needs.add(new Need(code, null, more, null, sentence.of(Map.of("n", more)), look(code, null)));
        }
    }

    private static Need of(Cause cause) {
        String code = Words.of(cause.state());
        return new Need(code, cause.place(), cause.count(), cause.since(), phrase(cause), look(code, cause.place()));
    }

    private static Phrase phrase(Cause cause) {
        if (cause.origin() == Origin.EVENT) {
            return Sentence.DEAD_EVENTS.of(Map.of("n", cause.count(), "id", cause.place()));
        }
        String reason = cause.reason() == null ? "unknown" : Words.of(cause.reason());
        Sentence sentence =
                Words.of(cause.state()).equals(UNCERTAIN) ? Sentence.UNCERTAIN_DELIVERIES : Sentence.DEAD_DELIVERIES;
        return sentence.of(Map.of("n", cause.count(), "id", cause.place(), "reason", reason));
    }

    private static Action look(String code, @Nullable String place) {
        String query = place == null ? "" : "?channel=" + URLEncoder.encode(place, StandardCharsets.UTF_8);
        return Action.look("Look at what is " + code, "/api/v1/dead" + query, "dead" + query);
    }
}

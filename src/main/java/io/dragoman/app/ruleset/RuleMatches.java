// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.ruleset;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.model.Json;
import io.dragoman.store.KeptDecisions.Kept;
import io.dragoman.store.ReadAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often each rule matched lately.
 *
 * @param since from when on it was counted
 * @param messages how many decisions there are since then
 * @param byRule by the names of the rules; without those that never matched
 */
public record RuleMatches(Instant since, int messages, Map<String, Matched> byRule) {
    static final Duration BACK = Duration.ofDays(7);

    private static final int MOST = 20_000;
    private static final int PAGE = 500;

    public RuleMatches {
        byRule = Map.copyOf(byRule);
    }

    /** One rule. */
    public record Matched(int count, Instant lastAt) {}

    /** Counts over the decisions of the last days, of so many messages at most: those that came last. */
    public static RuleMatches count(ReadAccess store, Instant now) {
        Instant since = now.minus(BACK);
        Map<String, Matched> byRule = new HashMap<>();
        int messages = 0;
        String before = "";
        List<Kept> page = page(store, since, before);
        while (!page.isEmpty()) {
            for (Kept kept : page) {
                messages += count(kept, byRule) ? 1 : 0;
                before = kept.message();
            }
            if (messages >= MOST) {
                return new RuleMatches(page.get(page.size() - 1).at(), messages, byRule);
            }
            page = page(store, since, before);
        }
        return new RuleMatches(since, messages, byRule);
    }

    private static List<Kept> page(ReadAccess store, Instant since, String before) {
        return store.read(tx -> tx.decisions().latest(since, before, PAGE));
    }

    /** Whether the rules were asked at all. */
    private static boolean count(Kept kept, Map<String, Matched> byRule) {
        try {
            JsonNode decision =
                    Json.tree(kept.content().getBytes(StandardCharsets.UTF_8)).path("decision");
            for (JsonNode rule : decision.path("rules")) {
                if (rule.path("matched").asBoolean()) {
                    // the latest come first
                    byRule.merge(
                            rule.path("rule").asText(),
                            new Matched(1, kept.at()),
                            (later, one) -> new Matched(later.count() + 1, later.lastAt()));
                }
            }
            return decision.isObject();
        } catch (IOException e) {
            throw new IllegalStateException("a decision is no JSON", e);
        }
    }
}

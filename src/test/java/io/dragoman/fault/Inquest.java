// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Holds what the outside saw against what the gateway's store says, and tells it in figures. */
final class Inquest {
    private final Map<String, Object> figures = new LinkedHashMap<>();

    private Inquest() {}

    /**
     * The figures by name; those that start with {@code !} must be zero.
     *
     * @param webhooks how many different webhooks the gateway answered with 2xx
     * @param mails how many mails the mail server took for it
     * @param pictures how many pictures customers sent
     */
    static Map<String, Object> hold(Verdict verdict, StoreFacts store, long webhooks, long mails, long pictures)
            throws SQLException {
        Inquest inquest = new Inquest();
        inquest.effects(verdict, doubts(store));
        inquest.ledger(store, webhooks + mails);
        inquest.outbox(store, pictures);
        return inquest.figures;
    }

    private static Map<String, Integer> doubts(StoreFacts store) throws SQLException {
        Map<String, Integer> doubts = new HashMap<>();
        store.doubts().forEach((text, times) -> {
            Texts.Text read = Texts.read(text);
            doubts.merge(read.role() + " " + read.name(), times, Integer::sum);
        });
        return doubts;
    }

    private void effects(Verdict verdict, Map<String, Integer> doubts) {
        // an agent's answer is sent again when nobody knows whether it went: better twice than never
        int repeatedAfterDoubt = 0;
        Map<String, Integer> doubled = new LinkedHashMap<>();
        for (Map.Entry<String, Integer> one : verdict.doubled.entrySet()) {
            boolean excused = one.getKey().startsWith("re ") && doubts.getOrDefault(one.getKey(), 0) >= one.getValue();
            if (excused) {
                repeatedAfterDoubt += one.getValue();
            } else {
                doubled.put(one.getKey(), one.getValue());
            }
        }
        long unexplained = verdict.unanswered.stream()
                .filter(name -> doubts.getOrDefault(name, 0) == 0)
                .count();
        figures.put("acknowledged texts", verdict.acknowledged);
        figures.put("texts at the desk", verdict.atDesk);
        figures.put("texts at customers", verdict.atCustomers);
        zero("lost", verdict.lost.size(), verdict.lost);
        zero("phantom", verdict.phantom.size(), verdict.phantom);
        zero("doubled", doubled.size(), doubled);
        zero("misordered", verdict.misordered.size(), verdict.misordered);
        zero("automatic replies missing without a doubt", unexplained, verdict.unanswered);
        figures.put("answers repeated after a doubt", repeatedAfterDoubt);
        figures.put("automatic replies left in doubt", verdict.unanswered.size() - unexplained);
    }

    private void ledger(StoreFacts store, long accepted) throws SQLException {
        Map<String, Long> states = store.events();
        long rows = states.values().stream().mapToLong(Long::longValue).sum();
        figures.put("accepted as the outside counts", accepted);
        figures.put("accepted as the store counts", states);
        zero("ledger differs by", Math.abs(accepted - rows), states);
        zero("dead events", states.getOrDefault("DEAD", 0L), store.deaths());
        zero("events in flight", states.getOrDefault("NEW", 0L), states);
    }

    private void outbox(StoreFacts store, long pictures) throws SQLException {
        Map<String, Long> states = store.deliveries();
        figures.put("deliveries", states);
        zero("dead deliveries", states.getOrDefault("DEAD", 0L), store.failures());
        zero("open attempts", store.openAttempts(), "");
        Map<String, Long> media = store.media();
        figures.put("pictures", media);
        zero("pictures not stored", pictures - media.getOrDefault("STORED", 0L), media);
    }

    private void zero(String name, long found, Object evidence) {
        figures.put("!" + name, found == 0 ? "0" : found + " " + shortly(evidence));
    }

    private static String shortly(Object evidence) {
        String text = evidence.toString();
        return text.length() > 400 ? text.substring(0, 400) + "…" : text;
    }
}

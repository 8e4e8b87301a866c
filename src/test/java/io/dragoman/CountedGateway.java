// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.channel.ga4.Ga4;
import io.dragoman.channel.ga4.Ga4Accounts;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.rules.RuleBook;
import io.dragoman.simulator.ga4.Ga4Simulator;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Deliveries.Kind;
import io.dragoman.store.Deliveries.State;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.RuleFiles;
import io.dragoman.yaml.Yaml;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A gateway whose channel {@code web} is a simulated Google Analytics, and Ana Kapanadze, who writes to its shop. */
final class CountedGateway implements AutoCloseable {
    static final String API = "/api/v1/";

    private static final String RULES = "rules: [{name: Lunch, when: {text: lunch}, ask: lunch}]";
    private static final String SURVEYS = "surveys: {happy: {kind: csat, text: Content?, after: 10m}}";
    private static final String POLLS = "polls: {lunch: {text: Pizza or pasta?, choices: [Pizza, Pasta]}}";

    final Ga4Simulator google = new Ga4Simulator(0, Clock.systemUTC());
    final TestGateway test;
    private int keys;

    /** @param settings of the account, beside those that it needs */
    CountedGateway(Path data, Map<String, String> settings) throws Exception {
        Problems problems = new Problems();
        RuleBook book = RuleBook.read(
                new RuleFiles(
                        Yaml.read("rules.yaml", RULES, problems).orElseThrow(),
                        null,
                        null,
                        null,
                        List.of(),
                        Yaml.read("surveys.yaml", SURVEYS, problems).orElseThrow(),
                        Yaml.read("polls.yaml", POLLS, problems).orElseThrow(),
                        null),
                Set.of("shop"),
                Set.of("desk"),
                problems);
        assertThat(problems.all()).isEmpty();
        test = new TestGateway(data, book);
        ConfiguredAccounts accounts = test.gateway.setup().accounts();
        Map<String, ConfiguredAccount> channels = new HashMap<>(accounts.channels());
        channels.put("web", new ConfiguredAccount(Ga4Accounts.account(google, settings), new Ga4()));
        test.gateway.reload(new ConfiguredAccounts(channels, accounts.desks(), accounts.policy()), book);
    }

    @Override
    public void close() {
        test.close();
        google.close();
    }

    void writes(String text) {
        String key = "k" + ++keys;
        post(
                "message.received",
                key,
                "\"sender\":{\"address\":\"ana\",\"name\":\"Ana Kapanadze\",\"identities\":[{\"type\":\"email\","
                        + "\"value\":\"ana@example.org\",\"verified\":true}]},\"externalId\":\"" + key
                        + "\",\"parts\":[{\"type\":\"text\",\"text\":\"" + text
                        + "\"}],\"threading\":{\"references\":[]}");
        TestGateway.await(key, () -> test.gateway
                .store()
                .read(tx -> tx.events().find("shop", key))
                .filter(found -> found.doneAt() != null)
                .isPresent());
    }

    void rates(int score) {
        post(
                "survey.answered",
                "k" + ++keys,
                "\"address\":\"ana\",\"conversation\":\"" + conversation() + "\",\"score\":" + score
                        + ",\"comment\":\"the secret word\",\"elsewhere\":false");
    }

    void order(String status) {
        String at = test.clock.instant().toString();
        post(
                "order.changed",
                "k" + ++keys,
                "\"order\":{\"id\":\"1\",\"number\":\"#1\",\"status\":\"" + status + "\",\"at\":\"" + at
                        + "\",\"changedAt\":\"" + at + "\"},\"email\":\"ana@example.org\"");
    }

    void post(String type, String key, String more) {
        assertThat(test.post("[{\"type\":\"" + type + "\",\"key\":\"" + key + "\",\"at\":\"" + test.clock.instant()
                        + "\"," + more + "}]"))
                .isEqualTo(200);
    }

    String conversation() {
        return test.admin(API + "conversations").at("/conversations/0/id").asText();
    }

    String contact() {
        return test.admin(API + "conversations").at("/conversations/0/contact").asText();
    }

    void act(String what, @Nullable String body) {
        assertThat(test.admin(
                                "POST",
                                API + "conversations/" + conversation() + "/" + what,
                                body,
                                "Idempotency-Key",
                                "a" + ++keys)
                        .statusCode())
                .isEqualTo(202);
    }

    int consent(boolean given) {
        return test.admin(
                        "POST",
                        API + "contacts/" + contact() + "/consent",
                        "{\"purpose\":\"analytics\",\"given\":" + given + "}")
                .statusCode();
    }

    List<String> events() {
        return google.hits().stream().map(Ga4Simulator.Hit::event).toList();
    }

    List<String> param(String event, String name) {
        return google.hits().stream()
                .filter(hit -> hit.event().equals(event))
                .map(hit -> hit.json().at("/events/0/params").path(name).asText())
                .toList();
    }

    List<Deliveries.Stored> deliveries() {
        return test.gateway.store().read(tx -> tx.deliveries().recent(null, 100)).stream()
                .filter(one -> one.kind() == Kind.COUNT)
                .toList();
    }

    long states(State state) {
        return deliveries().stream().filter(one -> one.state() == state).count();
    }

    long waiting() {
        return deliveries().stream().filter(one -> one.doneAt() == null).count();
    }
}

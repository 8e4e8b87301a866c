// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Intake;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Transport;
import io.dragoman.connector.Verified;
import io.dragoman.model.Event;
import io.dragoman.model.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A connector with a setting of every type that talks to nobody. */
public record TestConnector(String kind, Side side, List<Setting<?>> settings) implements Connector {
    /** How the parrot listens. */
    public enum Mode {
        WEBHOOK,
        LONG_POLL
    }

    static final Setting<Secret> TOKEN =
            Setting.secret("token", "The word that the parrot knows you by.").need();
    static final Setting<String> NAME = Setting.text("name", "What the parrot is called.");
    static final Setting<Mode> MODE =
            Setting.choice("mode", "How news comes.", Mode.class).or("webhook");
    static final Setting<URI> BASE_URL =
            Setting.url("baseUrl", "Where the parrot sits.").or("https://parrot.example");
    static final Setting<Integer> COUNT =
            Setting.integer("count", "How often it repeats.", 1, 9).or("1");
    static final Setting<Boolean> LOUD =
            Setting.flag("loud", "Whether it shouts.").or("false");
    static final Setting<Duration> TIMEOUT =
            Setting.duration("timeout", "How long it thinks.").or("10s");
    static final Setting<String> CAGE_HOST =
            Setting.text("cage.host", "Host of the cage.").need();
    static final Setting<Integer> CAGE_PORT =
            Setting.integer("cage.port", "Port of the cage.", 1, 65535).or("993");
    static final Setting<Secret> CAGE_KEY =
            Setting.secret("cage.key", "Key of the cage.").need();

    /** A channel. */
    public static final TestConnector PARROT = new TestConnector(
            "parrot",
            Side.CHANNEL,
            List.of(TOKEN, NAME, MODE, BASE_URL, COUNT, LOUD, TIMEOUT, CAGE_HOST, CAGE_PORT, CAGE_KEY));

    /** The desk that needs no settings. */
    public static final TestConnector LOCAL = new TestConnector("local", Side.DESK, List.of());

    /** A desk with settings. */
    public static final TestConnector HOOK = new TestConnector(
            "hook",
            Side.DESK,
            List.of(
                    Setting.url("url", "Where to post.").need(),
                    Setting.secret("secret", "What to sign with.").need()));

    /** All three. */
    public static final List<Connector> ALL = List.of(PARROT, LOCAL, HOOK);

    @Override
    public String description() {
        return "Speaks to " + kind + "s.";
    }

    @Override
    public List<String> problems(Account account) {
        return account.find(NAME).filter("nobody"::equals).isPresent()
                ? List.of("is called nobody and holds " + account.find(TOKEN).map(Secret::value).orElse("nothing") + ". Call it something.")
                : List.of();
    }

    @Override
    public Intake intake(Account account) {
        return side == Side.CHANNEL && account.get(MODE) == Mode.WEBHOOK ? Intake.webhook("x-parrot") : Intake.NONE;
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        return Signature.unsigned(account, request);
    }

    @Override
    public List<Event> read(Account account, Verified verified) {
        return List.of();
    }

    @Override
    public Outcome send(Account account, Outbound outbound, Transport transport) {
        return new Outcome.Refused(Reason.UNSUPPORTED, "a test connector sends nothing");
    }

    @Override
    public Limits limits(Account account) {
        return Limits.NONE;
    }

    @Override
    public Repeat repeat() {
        return Repeat.IDEMPOTENT;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Desk;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Transport;
import io.dragoman.connector.Verified;
import io.dragoman.connector.Webhook;
import io.dragoman.connector.WritesFirst;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.Identity;
import io.dragoman.model.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Connectors with a setting of every type that talk to nobody. */
public final class TestConnector {
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
    public static final Connector PARROT =
            new Parrot(List.of(TOKEN, NAME, MODE, BASE_URL, COUNT, LOUD, TIMEOUT, CAGE_HOST, CAGE_PORT, CAGE_KEY));

    /** The desk that needs no settings. */
    public static final Connector LOCAL = new Hook("local", List.of());

    /** A desk with settings. */
    public static final Connector HOOK = new Hook(
            "hook",
            List.of(
                    Setting.url("url", "Where to post.").need(),
                    Setting.secret("secret", "What to sign with.").need()));

    /** All three. */
    public static final List<Connector> ALL = List.of(PARROT, LOCAL, HOOK);

    private TestConnector() {}

    /** A channel that somebody posts to unless it polls for long. */
    private record Parrot(List<Setting<?>> settings) implements Channel, Webhook, WritesFirst {
        @Override
        public Sender recipient(Account account, String address) {
            return new Sender(address, List.of(new Identity("test", address, true)), null, null);
        }

        @Override
        public String kind() {
            return "parrot";
        }

        @Override
        public String description() {
            return "Speaks to parrots.";
        }

        @Override
        public List<String> problems(Account account) {
            return account.find(NAME).filter("nobody"::equals).isPresent()
                    ? List.of("is called nobody and holds "
                            + account.find(TOKEN).map(Secret::value).orElse("nothing") + ". Call it something.")
                    : List.of();
        }

        @Override
        public boolean receivesWebhooks(Account account) {
            return account.get(MODE) == Mode.WEBHOOK;
        }

        @Override
        public Set<String> headers() {
            return Set.of("x-parrot");
        }

        @Override
        public Verified verify(Account account, Request request) throws AuthenticationFailed {
            return Signature.unsigned(account, request);
        }

        @Override
        public List<CustomerEvent> read(Account account, Verified verified) {
            return List.of();
        }

        @Override
        public Outcome send(Account account, Outbound.ToCustomer message, Transport transport) {
            return new Outcome.Refused(Reason.UNSUPPORTED, "a test connector sends nothing");
        }

        @Override
        public Limits limits(Account account) {
            return Limits.NONE;
        }

        @Override
        public RetrySafety retrySafety() {
            return RetrySafety.IDEMPOTENT;
        }
    }

    /** A desk that is told nothing. */
    private record Hook(String kind, List<Setting<?>> settings) implements Desk {
        @Override
        public String description() {
            return "Speaks to " + kind + "s.";
        }

        @Override
        public List<DeskEvent> read(Account account, Verified verified) {
            return List.of();
        }

        @Override
        public Outcome deliver(Account account, Outbound.ToDesk notice, Transport transport) {
            return new Outcome.Refused(Reason.UNSUPPORTED, "a test connector sends nothing");
        }

        @Override
        public RetrySafety retrySafety() {
            return RetrySafety.IDEMPOTENT;
        }
    }
}

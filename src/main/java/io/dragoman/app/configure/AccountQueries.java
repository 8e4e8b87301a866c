// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.configure;

import io.dragoman.app.configure.AccountHealth.CircuitState;
import io.dragoman.app.configure.AccountHealth.ShownSetting;
import io.dragoman.app.configure.AccountHealth.Source;
import io.dragoman.app.configure.AccountHealth.TokenState;
import io.dragoman.app.phrase.Phrase;
import io.dragoman.app.phrase.Sentence;
import io.dragoman.app.status.CachedAggregate;
import io.dragoman.app.status.GatewayStatus;
import io.dragoman.app.status.GatewayStatus.ChannelStatus;
import io.dragoman.app.status.SendingStatus;
import io.dragoman.config.ConfigurationFiles;
import io.dragoman.config.WrittenAccount;
import io.dragoman.config.WrittenAccount.Form;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.Side;
import io.dragoman.connector.WebhookSetup;
import io.dragoman.model.Words;
import io.dragoman.work.ChannelActivity;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Channels and desks with their health, and as they are written. Blocks. Thread-safe. */
public final class AccountQueries {
    private final ConnectorRegistry registry;
    private final ChannelActivity activity;
    private final GatewayStatus status;
    private final CachedAggregate<LastTraffic> traffic;
    private final @Nullable ConfigurationFiles files;
    private final Clock clock;

    /**
     * @param traffic when something last came and went, by channel and desk
     * @param files null where the gateway was not started from any
     */
    public AccountQueries(
            ConnectorRegistry registry,
            ChannelActivity activity,
            GatewayStatus status,
            CachedAggregate<LastTraffic> traffic,
            @Nullable ConfigurationFiles files,
            Clock clock) {
        this.registry = registry;
        this.activity = activity;
        this.status = status;
        this.traffic = traffic;
        this.files = files;
        this.clock = clock;
    }

    /** When something last came and went, in milliseconds, by channel and desk. */
    public record LastTraffic(Map<String, Long> in, Map<String, Long> out) {
        static final LastTraffic UNKNOWN = new LastTraffic(Map.of(), Map.of());
    }

    /** Those of one side: in the order of the file, then what stands in none. */
    public List<AccountHealth> list(Side side) {
        Map<String, WrittenAccount> written = written(side);
        Map<String, ConfiguredAccount> running = side == Side.CHANNEL
                ? registry.now().channels()
                : registry.now().desks();
        Map<String, ChannelStatus> statuses =
                status.report().channels().stream().collect(Collectors.toMap(ChannelStatus::id, Function.identity()));
        String etag = etag(side);
        List<AccountHealth> all = new ArrayList<>();
        written.forEach((id, account) -> {
            ConfiguredAccount found = running.get(id);
            all.add(found == null ? idle(account, etag) : health(found, statuses.get(id), account, etag));
        });
        running.entrySet().stream()
                .filter(entry -> !written.containsKey(entry.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> all.add(health(entry.getValue(), statuses.get(entry.getKey()), null, etag)));
        return all;
    }

    /** One of them, with its settings. */
    public Optional<AccountHealth> find(Side side, String id) {
        return list(side).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .map(one -> withSettings(side, one));
    }

    private Map<String, WrittenAccount> written(Side side) {
        Map<String, WrittenAccount> written = new LinkedHashMap<>();
        if (files != null) {
            files.accounts(side).forEach(account -> written.put(account.id(), account));
        }
        return written;
    }

    private String etag(Side side) {
        return files == null ? "" : files.etag(side.word() + "s");
    }

    private AccountHealth health(
            ConfiguredAccount configured,
            @Nullable ChannelStatus status,
            @Nullable WrittenAccount written,
            String etag) {
        String id = configured.account().id();
        ChannelStatus known = status == null ? unknown(configured) : status;
        boolean posted = configured.receivesWebhooks();
        LastTraffic last = traffic.get().orElse(LastTraffic.UNKNOWN);
        Instant lastIn = latest(last.in().get(id), activity.intake(id));
        Instant lastOut = time(last.out().get(id));
        List<Phrase> phrases = HealthSentence.of(known, posted, lastIn, lastOut, clock.instant());
        return new AccountHealth(
                id,
                configured.connector().side().word(),
                configured.account().kind(),
                written == null ? null : written.profile(),
                written == null || written.profile() == null
                        ? configured.account().kind()
                        : written.profile(),
                state(known, posted && lastIn == null && configured.connector().side() == Side.CHANNEL),
                HealthSentence.text(phrases),
                phrases,
                lastIn,
                lastOut,
                known.polling() == null ? null : known.polling().lastSuccess(),
                posted ? configured.account().callback().toString() : null,
                steps(configured),
                known.login() == null
                        ? null
                        : new TokenState(known.login().status(), known.login().endsAt()),
                circuit(known.sending()),
                known.notices(),
                activity.refusals(id),
                Capabilities.of(configured),
                written == null ? null : new Source(written.file(), written.line(), etag),
                configured.connector().side() == Side.DESK
                        ? id.equals(registry.now().policy().desk())
                        : null,
                null);
    }

    /** One that does not run: it is switched off, or was added to the file a moment ago. */
    private static AccountHealth idle(WrittenAccount written, String etag) {
        Phrase idle = (written.off() ? Sentence.SWITCHED_OFF : Sentence.NOT_IN_FORCE).phrase();
        return new AccountHealth(
                written.id(),
                written.side().word(),
                written.kind(),
                written.profile(),
                written.profile() == null ? written.kind() : written.profile(),
                written.off() ? "off" : "failing",
                idle.text(),
                List.of(idle),
                null,
                null,
                null,
                null,
                List.of(),
                null,
                new CircuitState("closed", 0, null, null, null),
                List.of(),
                List.of(),
                Map.of(),
                new Source(written.file(), written.line(), etag),
                written.side() == Side.DESK ? false : null,
                null);
    }

    private AccountHealth withSettings(Side side, AccountHealth one) {
        Map<String, ShownSetting> settings = new LinkedHashMap<>();
        WrittenAccount account = written(side).get(one.id());
        if (account != null) {
            account.settings().forEach(setting -> settings.put(setting.name(), shown(setting)));
        }
        return AccountHealthBuilder.builder(one).settings(settings).build();
    }

    private static ShownSetting shown(WrittenAccount.WrittenSetting setting) {
        return switch (setting.form()) {
            case TEXT -> new ShownSetting(setting.text(), false, null, null, setting.known());
            case REFERENCE -> new ShownSetting(null, true, setting.text(), null, setting.known());
            case PLAIN -> new ShownSetting(null, true, null, Words.of(Form.PLAIN), setting.known());
        };
    }

    private static ChannelStatus unknown(ConfiguredAccount configured) {
        return new ChannelStatus(
                configured.account().id(),
                configured.account().kind(),
                configured.connector().side().word(),
                "waiting",
                null,
                null,
                new SendingStatus("ok", 0, null, null, null),
                List.of(),
                List.of(),
                null);
    }

    private static String state(ChannelStatus status, boolean silent) {
        return switch (status.status()) {
            case "ok", "login-ending" -> silent ? "waiting" : "ok";
            case "waiting", "paused" -> status.status();
            default -> "failing";
        };
    }

    /**
     * What is done at the provider, each step once: with our address where the connector tells that itself. What comes
     * before an account is configured stands in the form for one.
     */
    private static List<String> steps(ConfiguredAccount configured) {
        if (configured.connector() instanceof WebhookSetup setup) {
            List<String> own = setup.plan(configured.account()).steps();
            if (!own.isEmpty()) {
                return own;
            }
        }
        List<String> steps = configured.connector().features().setUp();
        return steps.isEmpty() && configured.receivesWebhooks()
                ? List.of("Set the address of the webhook, in the provider's settings, to "
                        + configured.account().callback() + ".")
                : steps;
    }

    private static CircuitState circuit(SendingStatus sending) {
        boolean fails = sending.failuresInARow() > 0;
        return new CircuitState(
                sending.status().equals("circuit-open") ? "open" : "closed",
                sending.failuresInARow(),
                fails ? sending.since() : null,
                sending.nextTry(),
                fails ? sending.problem() : null);
    }

    private static @Nullable Instant latest(@Nullable Long stored, ChannelActivity.@Nullable Intake intake) {
        Instant known = time(stored);
        if (intake == null) {
            return known;
        }
        return known == null || intake.at().isAfter(known) ? intake.at() : known;
    }

    private static @Nullable Instant time(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}

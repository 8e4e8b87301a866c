// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import com.google.auto.service.AutoService;
import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Desk;
import io.dragoman.connector.DeskCapability;
import io.dragoman.connector.Features;
import io.dragoman.connector.FileHost;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Polled;
import io.dragoman.connector.Request;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.SelfTest;
import io.dragoman.connector.Setting;
import io.dragoman.connector.TokenGrant;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.Verified;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.Ignored;
import io.dragoman.profile.ExpressionFailed;
import io.dragoman.profile.InboundReader;
import io.dragoman.profile.ProfileConnector;
import io.dragoman.profile.ProfileFiles;
import io.dragoman.profile.Receiving;
import io.dragoman.profile.SettingText;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The desk without code: what a profile says of its helpdesk. Without a profile it only knows how to find one. */
@AutoService(Connector.class)
public class HttpDesk extends ProfileConnector<DeskProfile> implements Desk, FileHost, Polled, SelfTest {
    private static final ProfileFiles<DeskProfile> FILES =
            new ProfileFiles<>("desks.txt", DeskProfile.class, new DeskProfileReader());

    private static final Pattern DOMAIN =
            Pattern.compile("[\\p{L}\\p{N}]([\\p{L}\\p{N}-]{0,62}\\.)+[\\p{L}\\p{N}-]{2,63}");

    private static final Setting<OnUncertain> ON_UNCERTAIN = Setting.choice(
                    OnUncertain.SETTING.name(),
                    "What to do with a notice when it is unknown whether the helpdesk has it: repeat (it is there, "
                            + "perhaps twice) or hold (at most once; a person decides).",
                    OnUncertain.class)
            .or("repeat");

    private final ToldItems told = new ToldItems();

    /** The one that finds profiles. */
    public HttpDesk() {
        this(null);
    }

    HttpDesk(@Nullable DeskProfile profile) {
        super(FILES, profile);
    }

    @Override
    protected Connector speaking(@Nullable DeskProfile named) {
        return named != null && named.retrySafety() == RetrySafety.QUERYABLE
                ? new QueryableHttpDesk(named)
                : new HttpDesk(named);
    }

    @Override
    public String description() {
        DeskProfile profile = profile();
        return profile == null
                ? "Any helpdesk that a profile describes, without code: docs/profiles.md."
                : profile.about();
    }

    @Override
    public Features features() {
        DeskProfile profile = profile();
        return profile == null
                ? Features.receives("webhook")
                        .sends("notices")
                        .receipts("as the profile says")
                        .verification("as the profile says")
                        .needs(SETTING)
                        .missed("as the helpdesk does it")
                : profile.features();
    }

    @Override
    public Map<DeskCapability, String> capabilities() {
        DeskProfile profile = profile();
        return profile == null ? Map.of() : new DeskAbilities(profile).all();
    }

    @Override
    protected List<Setting<?>> further(DeskProfile named) {
        List<Setting<?>> settings = new ArrayList<>();
        if (named.poll() != null) {
            settings.add(Poller.EVERY.or(named.poll().every()));
            settings.add(Poller.BACK);
        }
        if (named.state().contains("team")) {
            settings.add(Sorting.TEAMS);
        }
        if (named.state().contains("assignee")) {
            settings.add(Sorting.ASSIGNEES);
        }
        if (!named.isSettled()) {
            settings.add(ON_UNCERTAIN);
        }
        return settings;
    }

    /** A setting of this name is a domain in every profile, in which customers get addresses. */
    @Override
    public List<String> problems(Account account) {
        return account.values().get("domain") instanceof String domain
                        && !domain.isEmpty()
                        && !DOMAIN.matcher(domain).matches()
                ? List.of("domain is '" + domain + "' but must be a domain such as customers.example.com")
                : List.of();
    }

    @Override
    public List<DeskEvent> read(Account account, Verified verified) throws MalformedPayload {
        return read(account, verified.request());
    }

    private List<DeskEvent> read(Account account, Request request) throws MalformedPayload {
        DeskProfile profile = profile();
        boolean polled = profile != null && profile.poll() != null && request.origin() == Request.Origin.BACKFILLED;
        Receiving receiving = profile == null
                ? null
                : polled && profile.poll() != null ? profile.poll().reading() : profile.receiving();
        if (profile == null || receiving == null) {
            throw new MalformedPayload("the profile reads nothing");
        }
        Map<String, Object> more = new HashMap<>(Map.of("settings", SettingText.open(account)));
        if (polled) {
            more.put("since", request.parameter("since"));
            more.put("sinceSeconds", Instant.parse(request.parameter("since")).getEpochSecond());
        }
        List<DeskEvent> events = new InboundReader<>(
                        receiving,
                        profile.title(),
                        Optional.empty(),
                        profile.reader().knowing(Sorting.of(account)),
                        more)
                .read(request);
        return polled
                ? events.stream().filter(event -> !(event instanceof Ignored)).toList()
                : events;
    }

    @Override
    public boolean polls(Account account) {
        DeskProfile profile = profile();
        return profile != null
                && profile.poll() != null
                && !account.get(Poller.EVERY).isZero();
    }

    @Override
    public Batch poll(Account account, String position, Transport transport, PollContext context)
            throws TransportFailure {
        Poll poll = known().poll();
        if (poll == null) {
            throw new IllegalStateException("a profile that polls nothing; polls() must say so");
        }
        return new Poller(account, known(), poll, request -> read(account, request), told, transport, context)
                .poll(position);
    }

    @Override
    public String product(Account account) {
        return kind() + " " + known().name();
    }

    /** Where it has ids of its own for conversations. */
    @Override
    public boolean tellsOfOtherTickets() {
        return known().call(DeskProfile.CREATE).isPresent();
    }

    @Override
    public Optional<URI> ticketPage(Account account, String reference) {
        return Desk.super.ticketPage(account, reference).or(() -> known().ticketPage(account, reference));
    }

    @Override
    public boolean takesFiles(Account account) {
        return known().takesFiles();
    }

    @Override
    public List<Check> test(Account account, Transport transport, Clock clock) {
        return new Prober(account, known(), transport, clock).checks();
    }

    @Override
    public Outcome deliver(Account account, ToDesk notice, Transport transport) {
        return new NoticeSender(account, known()).send(notice, transport);
    }

    @Override
    public HttpCall file(Account account, HttpCall get) {
        HttpCall own = known().base(account).map(get::trusting).orElse(get);
        try {
            return known().file(account, own);
        } catch (ExpressionFailed e) {
            return own; // without credentials: the helpdesk refuses it, and says so
        }
    }

    @Override
    public Optional<TokenGrant> fileGrant(Account account, HttpCall file) {
        try {
            return known().fileGrant(account, file);
        } catch (ExpressionFailed e) {
            return Optional.empty(); // likewise
        }
    }

    @Override
    public RetrySafety retrySafety() {
        DeskProfile profile = profile();
        return profile == null ? RetrySafety.NEITHER : profile.retrySafety();
    }
}

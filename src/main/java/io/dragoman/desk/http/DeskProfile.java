// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.connector.Account;
import io.dragoman.connector.Features;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.model.DeskNotice;
import io.dragoman.profile.PageTemplate;
import io.dragoman.profile.Profile;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A helpdesk, as a file describes it. Immutable. */
final class DeskProfile extends Profile {
    /** Opens a conversation at the helpdesk. */
    static final String CREATE = "create";

    /** What is written for agents alone, about all that has no request of its own. */
    static final String NOTE = "note";

    /** The requests by the type of notice. */
    static final Map<DeskNotice.Type, String> KEYS = new EnumMap<>(Map.of(
            DeskNotice.Type.MESSAGE_RECEIVED, "append",
            DeskNotice.Type.MESSAGE_SENT, "sent",
            DeskNotice.Type.MESSAGE_EDITED, "edited",
            DeskNotice.Type.MESSAGE_DELETED, "deleted",
            DeskNotice.Type.MESSAGE_REACTION, "reaction",
            DeskNotice.Type.DELIVERY_UPDATED, "delivery",
            DeskNotice.Type.CONVERSATION_UPDATED, "updated"));

    private final AgentReader reader;
    private final Sending sending;
    private final @Nullable Poll poll;
    private final List<Probe> probes;
    private final String merging;
    private final @Nullable PageTemplate ticketPage;

    /**
     * What is sent to it.
     *
     * @param calls by their keys; none where nothing is sent
     * @param words the helpdesk's, by names that the profile gives them
     * @param files which of them go as such
     * @param stale the codes that say that a value is no longer good which was kept
     * @param state what of a conversation is set there when it changes here
     * @param followsUp whether an answer says that a ticket takes nothing more, so that another is opened
     */
    record Sending(
            Map<String, DeskCall> calls,
            Map<String, Object> words,
            FileLimits files,
            Set<String> stale,
            Set<String> state,
            boolean followsUp) {
        static final Sending NOTHING = new Sending(Map.of(), Map.of(), FileLimits.DEFAULT, Set.of(), Set.of(), false);

        Sending {
            state = Set.copyOf(state);
            stale = Set.copyOf(stale);
            calls = Map.copyOf(calls);
            words = Map.copyOf(words);
        }
    }

    /**
     * @param reader what it says of agents
     * @param poll how it is asked for that; null where it is not
     * @param probes how it is found out whether an account works
     * @param merging what becomes of a conversation whose ticket is merged, as a clause; empty where {@code moved} says it
     * @param ticketPage where it shows a ticket to agents; null where nobody knows
     */
    DeskProfile(
            Head head,
            AgentReader reader,
            Sending sending,
            @Nullable Poll poll,
            List<Probe> probes,
            String merging,
            @Nullable PageTemplate ticketPage) {
        super(head);
        this.reader = reader;
        this.sending = sending;
        this.poll = poll;
        this.probes = List.copyOf(probes);
        this.merging = merging;
        this.ticketPage = ticketPage;
    }

    AgentReader reader() {
        return reader;
    }

    @Nullable
    Poll poll() {
        return poll;
    }

    List<Probe> probes() {
        return probes;
    }

    Map<String, Object> words() {
        return sending.words();
    }

    FileLimits fileLimits() {
        return sending.files();
    }

    /** Whether a code says that a value is no longer good which was kept. */
    boolean isStale(String code) {
        return sending.stale().contains(code);
    }

    /** The names of what is kept of a ticket rather than of a customer. */
    Set<String> keptOfTickets() {
        return sending.calls().values().stream()
                .flatMap(call -> Stream.concat(call.needs().stream(), call.then().stream()))
                .filter(step -> step.keep() && step.ofTicket())
                .map(Step::name)
                .collect(Collectors.toSet());
    }

    /** What of a conversation is set there when it changes here. */
    Set<String> state() {
        return sending.state();
    }

    /** Whether another ticket is opened when one takes nothing more. */
    boolean followsUp() {
        return sending.followsUp();
    }

    String merging() {
        return merging;
    }

    /** Where it shows a ticket to agents; empty where nobody knows. */
    Optional<URI> ticketPage(Account account, String reference) {
        return ticketPage == null ? Optional.empty() : ticketPage.of(account, reference);
    }

    /** Whether requests need others. */
    boolean asksFirst() {
        return sending.calls().values().stream()
                .anyMatch(call -> !call.needs().isEmpty() || !call.then().isEmpty());
    }

    /** What a second try of a notice does, as far as it is the same of all. */
    RetrySafety retrySafety() {
        if (!sending.calls().isEmpty() && sending.calls().values().stream().allMatch(DeskCall::idempotent)) {
            return RetrySafety.IDEMPOTENT;
        }
        return sending.calls().values().stream().anyMatch(DeskCall::isSettled)
                ? RetrySafety.QUERYABLE
                : RetrySafety.NEITHER;
    }

    /** Whether every attempt of unknown end can be settled without a person. */
    boolean isSettled() {
        return sending.calls().values().stream().allMatch(DeskCall::isSettled);
    }

    /** Whether files go to it as such. */
    boolean takesFiles() {
        return sending.calls().values().stream().anyMatch(DeskCall::takesFiles);
    }

    /** A request by its key. */
    Optional<DeskCall> call(String key) {
        return Optional.ofNullable(sending.calls().get(key));
    }

    /** Whether it writes something for agents to read, which has an id there. */
    boolean writes(DeskCall call) {
        return Stream.of("append", "sent", NOTE)
                .anyMatch(key -> call.equals(sending.calls().get(key)));
    }

    private String intake() {
        if (poll == null) {
            return receiving() == null ? "nothing" : "webhook";
        }
        return receiving() == null ? "polling" : "webhook, and polling";
    }

    @Override
    protected Side side() {
        return Side.DESK;
    }

    /** Its row in the tables. */
    Features features() {
        return Features.receives(intake())
                .sends(sending.calls().isEmpty() ? "nothing" : takesFiles() ? "notices, with files" : "notices")
                .receipts(call("delivery").or(() -> call(NOTE)).isPresent() ? "shown to agents" : "none")
                .verification(receiving() == null ? "" : receiving().verification())
                .setUp(setUp().toArray(String[]::new))
                .unverified(unverified())
                .needs(settings().stream()
                        .filter(setting -> setting.required() || setting.verifies())
                        .map(Setting::name)
                        .toArray(String[]::new));
    }
}

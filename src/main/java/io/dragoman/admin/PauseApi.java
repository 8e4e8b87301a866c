// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.delivery.Outbox;
import io.dragoman.store.Lanes;
import io.dragoman.store.Pauses;
import io.dragoman.store.Store;
import io.dragoman.store.StoreException;
import io.dragoman.store.Tx;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Predicate;

/** Stops what goes out to a channel or desk, or one lane, and lets it go on. Blocks. */
public final class PauseApi {
    private static final int MOST = 500;

    private final Store store;
    private final Predicate<String> known;
    private final Clock clock;

    /**
     * Prepares.
     *
     * @param known whether there is a channel or desk of this id
     */
    PauseApi(Store store, Predicate<String> known, Clock clock) {
        this.store = store;
        this.known = known;
        this.clock = clock;
    }

    /**
     * What stands still.
     *
     * @param unconfigured the channels and desks for which something waits although they are not configured
     */
    public record Paused(List<Pauses.Pause> targets, List<Lanes.Paused> lanes, List<String> unconfigured) {}

    ApiResponse list(ApiRequest request) {
        return ApiResponse.json(200, store.read(tx -> paused(tx, known)));
    }

    /**
     * What stands still.
     *
     * @param known whether there is a channel or desk of this id
     */
    public static Paused paused(Tx tx, Predicate<String> known) {
        return new Paused(tx.pauses().all(), tx.lanes().paused(MOST), List.copyOf(Outbox.unconfigured(tx, known)));
    }

    ApiResponse pause(ApiRequest request) throws Refusal {
        return act(request, (tx, id, reason) -> pause(tx, known, id, reason, clock.millis()));
    }

    ApiResponse resume(ApiRequest request) throws Refusal {
        return act(request, (tx, id, reason) -> resume(tx, id));
    }

    /** Pauses a channel, a desk, or else a lane; false when there is nothing of this name. */
    public static boolean pause(Tx tx, Predicate<String> known, String id, String reason, long now) {
        if (known.test(id)) {
            tx.pauses().pause(id, reason, now);
            return true;
        }
        return tx.lanes().pause(id, reason);
    }

    /** Resumes; false when nothing of this name is paused. */
    public static boolean resume(Tx tx, String id) {
        return tx.pauses().resume(id) || tx.lanes().resume(id);
    }

    @FunctionalInterface
    private interface Act {
        boolean on(Tx tx, String id, String reason);
    }

    private ApiResponse act(ApiRequest request, Act act) throws Refusal {
        WriteApi.checkType(request);
        try {
            JsonFields body = JsonFields.of(request.body());
            String id = body.text("id");
            String reason = body.findText("reason").orElse("by an operator");
            if (!write(tx -> act.on(tx, id, reason))) {
                throw new Refusal(404, "There is no channel, desk or lane of this name, or it is not paused.");
            }
            return ApiResponse.json(200, store.read(tx -> paused(tx, known)));
        } catch (MalformedPayload e) {
            throw new Refusal(400, "The request cannot be read: " + e.getMessage() + ".");
        }
    }

    private boolean write(Function<Tx, Boolean> work) {
        try {
            return store.write(work).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StoreException refusal ? refusal : e;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import io.dragoman.channel.smpp.OutgoingPieces.Submit;
import io.dragoman.connector.Account;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.model.Reason;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.SMPPSession;
import org.jspecify.annotations.Nullable;

/** Sends one text, in as many short messages as it needs, one after the other. */
final class Sender {
    static final Outcome NO_SESSION = new Outcome.Retry(Reason.PROVIDER_DOWN, "no session with the SMS centre is open");

    private final HeldAccount held;
    private final Account account;
    private final Clock clock;

    Sender(HeldAccount held, Clock clock) {
        this.held = held;
        this.account = held.account;
        this.clock = clock;
    }

    Outcome send(ToCustomer message, String text) {
        String key = message.key();
        List<Submit> pieces = OutgoingPieces.of(
                text, key, account.get(SmppSettings.ALPHABET), account.get(SmppSettings.CONCATENATION));
        for (int i = Math.min(held.sentPieces.of(key), pieces.size() - 1); i < pieces.size(); i++) {
            boolean last = i == pieces.size() - 1;
            Outcome outcome = send(message.address(), pieces.get(i), last);
            if (!(outcome instanceof Outcome.Sent)) {
                return outcome;
            } else if (last) {
                held.sentPieces.done(key);
                return outcome;
            }
            held.sentPieces.taken(key, i + 1);
        }
        throw new IllegalStateException("a text has at least one piece");
    }

    /** The last piece's receipt stands for all: centres send them in order. */
    private Outcome send(String to, Submit piece, boolean last) {
        Optional<Bind> bind = held.binds.sending();
        if (bind.isEmpty()) {
            return NO_SESSION;
        }
        Optional<Duration> wait = held.pace.turn(clock.instant());
        if (wait.isEmpty()) {
            return new Outcome.Retry(
                    Reason.THROTTLED, "more are waiting than perSecond allows soon", Duration.ofSeconds(5));
        }
        try {
            rest(wait.get());
            Duration timeout = account.get(SmppSettings.TIMEOUT);
            String id = bind.get().inWindow(timeout, session -> submit(session, to, piece, last));
            return id == null
                    ? new Outcome.Retry(Reason.TIMEOUT, "the window stayed full")
                    : new Outcome.Sent(
                            id.isEmpty()
                                    ? null
                                    : account.get(SmppSettings.MESSAGE_IDS).answered(id));
        } catch (NegativeResponseException e) {
            return refused(e.getCommandStatus());
        } catch (PDUException e) {
            return new Outcome.Refused(Reason.RECIPIENT_UNKNOWN, "the address does not fit into a submit_sm");
        } catch (ResponseTimeoutException e) {
            return new Outcome.Uncertain(Reason.TIMEOUT, "the SMS centre did not answer submit_sm in time");
        } catch (InvalidResponseException e) {
            return new Outcome.Refused(Reason.CONTENT_REFUSED, "the SMS centre answered submit_sm with generic_nack");
        } catch (IOException e) {
            return new Outcome.Uncertain(Reason.PROVIDER_DOWN, "the session broke while a submit_sm was sent");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Retry(Reason.PROVIDER_DOWN, "the gateway stops");
        } catch (Exception e) {
            throw new IllegalStateException(
                    "submit_sm failed with " + e.getClass().getSimpleName());
        }
    }

    private Outcome refused(int status) {
        Outcome outcome = ErrorTable.outcome(status);
        if (outcome instanceof Outcome.Retry retry && retry.reason() == Reason.THROTTLED && retry.after() != null) {
            held.pace.pause(clock.instant().plus(retry.after()));
        }
        return outcome;
    }

    private String submit(SMPPSession session, String to, Submit piece, boolean last) throws Exception {
        SmppAddress source = SmppAddress.of(
                account.get(SmppSettings.FROM), or(SmppSettings.SOURCE_TON), or(SmppSettings.SOURCE_NPI));
        SmppAddress destination =
                SmppAddress.of(to, or(SmppSettings.DESTINATION_TON), or(SmppSettings.DESTINATION_NPI));
        boolean receipt = last && account.get(SmppSettings.RECEIPTS);
        @Nullable
        String id = session.submitShortMessage(
                        account.get(SmppSettings.SERVICE_TYPE),
                        type(source),
                        plan(source),
                        source.digits(),
                        type(destination),
                        plan(destination),
                        destination.digits(),
                        new ESMClass(piece.esmClass()),
                        (byte) 0,
                        (byte) 0,
                        null,
                        null,
                        new RegisteredDelivery(receipt ? 1 : 0),
                        (byte) 0,
                        new RawDataCoding((byte) piece.coding()),
                        (byte) 0,
                        piece.text(),
                        piece.parameters().toArray(OptionalParameter[]::new))
                .getMessageId();
        return id == null ? "" : id;
    }

    private int or(io.dragoman.connector.Setting<Integer> setting) {
        return account.find(setting).orElse(-1);
    }

    private static TypeOfNumber type(SmppAddress address) {
        return TypeOfNumber.valueOf((byte) address.ton());
    }

    private static NumberingPlanIndicator plan(SmppAddress address) {
        return NumberingPlanIndicator.valueOf((byte) address.npi());
    }

    private static void rest(Duration wait) throws InterruptedException {
        if (!wait.isZero() && new CountDownLatch(1).await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("nobody counts down");
        }
    }
}

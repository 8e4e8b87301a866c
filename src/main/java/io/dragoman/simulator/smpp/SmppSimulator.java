// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.smpp;

import io.dragoman.simulator.Answering;
import io.dragoman.simulator.Script;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorIds;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.BindRequest;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.util.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * An SMS centre on this machine that speaks SMPP 3.4: it takes submit_sm, reports each message that asks for it as
 * delivered, and brings texts of customers, again until they are taken. Thread-safe.
 */
public final class SmppSimulator implements Simulator, Answering {
    /** The number of the business. */
    public static final String NUMBER = "+4930114";

    private static final String SYSTEM_ID = "simulated";
    private static final String PASSWORD = "smpp-pw1";
    private static final int HAS_HEADER = 0x40;
    private static final int RECEIPT = 0x04;
    private static final int UCS2 = 8;
    private static final long ANSWER_SECONDS = 15;

    private final SimulatorIds ids;
    private final SubmittedTexts texts = new SubmittedTexts();
    private final List<Delivered> delivered = new CopyOnWriteArrayList<>();
    private final List<SubmitSm> submitted = new CopyOnWriteArrayList<>();
    private final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();
    private final Script script = new Script();
    private final SmppSessions sessions;
    private final boolean hexadecimal;
    private volatile Consumer<String> listener = line -> {};
    private volatile int loginStatus;
    private volatile @Nullable CountDownLatch silence;

    /** On a port; 0 for any free one. */
    public SmppSimulator(int port) {
        this(port, false, Clock.systemUTC());
    }

    /**
     * On a port.
     *
     * @param hexadecimal whether answers have ids in hexadecimal digits, and receipts the same in decimal ones
     * @param clock tells where its ids begin
     */
    public SmppSimulator(int port, boolean hexadecimal, Clock clock) {
        this(SmppSessions.loopback(port), hexadecimal, clock);
    }

    /** On a socket, such as one with TLS. */
    public SmppSimulator(ServerSocket socket, boolean hexadecimal, Clock clock) {
        ids = new SimulatorIds(clock);
        this.hexadecimal = hexadecimal;
        sessions = new SmppSessions(socket, this::login, (SubmitSubmits) this::submit);
    }

    /** So that a method may stand for it. */
    private interface SubmitSubmits extends SubmitListener {
        SubmitSmResult submit(SubmitSm pdu) throws ProcessRequestException;

        @Override
        default SubmitSmResult onAcceptSubmitSm(SubmitSm pdu, SMPPServerSession source) throws ProcessRequestException {
            return submit(pdu);
        }
    }

    @Override
    public String kind() {
        return "smpp";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "host",
                "127.0.0.1",
                "port",
                String.valueOf(sessions.port()),
                "tls",
                "false",
                "systemId",
                SYSTEM_ID,
                "password",
                PASSWORD,
                "perSecond",
                "1000",
                "from",
                NUMBER);
    }

    private int login(BindRequest request) {
        if (loginStatus != 0) {
            return loginStatus;
        }
        return !SYSTEM_ID.equals(request.getSystemId())
                ? SMPPConstant.STAT_ESME_RINVSYSID
                : PASSWORD.equals(request.getPassword()) ? 0 : SMPPConstant.STAT_ESME_RINVPASWD;
    }

    private SubmitSmResult submit(SubmitSm pdu) throws ProcessRequestException {
        CountDownLatch held = silence;
        if (held != null) {
            await(held, Long.MAX_VALUE);
        }
        Answer answer = script.answer(SubmittedTexts.shown(pdu));
        int status = answer == Answer.TAKEN ? status(pdu) : AnsweredSubmit.status(answer, script, sessions);
        listener.accept("submit_sm to " + pdu.getDestAddress() + ": " + status);
        if (status != 0) {
            throw new ProcessRequestException("refused", status);
        }
        submitted.add(pdu);
        long id = ids.next();
        texts.add(pdu).ifPresent(text -> delivered.add(new Delivered("+" + pdu.getDestAddress(), "" + id, text)));
        if (pdu.getRegisteredDelivery() != 0) {
            sessions.queue(receipt(pdu, String.valueOf(id)));
        }
        try {
            String written = hexadecimal ? Long.toHexString(id) : String.valueOf(id);
            return new SubmitSmResult(new MessageId(written), new OptionalParameter[0]);
        } catch (PDUStringException e) {
            throw new IllegalStateException(e);
        }
    }

    private int status(SubmitSm pdu) {
        Integer refusal = refusals.poll();
        if (refusal != null) {
            return refusal;
        } else if (!pdu.getDestAddress().matches("[0-9]{3,15}")) {
            return SMPPConstant.STAT_ESME_RINVDSTADR;
        } else if (!("+" + pdu.getSourceAddr()).equals(NUMBER)) {
            return SMPPConstant.STAT_ESME_RINVSRCADR;
        }
        return SubmittedTexts.isTooLong(pdu) ? SMPPConstant.STAT_ESME_RINVMSGLEN : 0;
    }

    @Override
    public Optional<String> lacksKeys() {
        return Optional.of("an SMS centre is told no key of a message: it gives each one an id of its own");
    }

    @Override
    public Optional<String> lacksWords() {
        return Optional.of("the answer of an SMS centre to a message is a number, and has no text");
    }

    @Override
    public Map<String, String> impatient() {
        return Map.of("timeout", "5s");
    }

    @Override
    public Script script() {
        return script;
    }

    private SmppSessions.Delivery receipt(SubmitSm pdu, String id) {
        String text = "id:" + id + " sub:001 dlvrd:001 submit date:2611281200 done date:2611281201 stat:DELIVRD err:000"
                + " text:";
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        return session -> deliver(session, pdu.getDestAddress(), RECEIPT, 0, octets);
    }

    /** A customer writes; it is brought when a session receives. 200 when it is taken, 0 while nobody takes it. */
    @Override
    public int customerWrites(URI callback, String customer, String text) {
        List<byte[]> pieces = TextPieces.of(text, (byte) ids.next());
        boolean plain = GsmAlphabet.encode(text).isPresent();
        CountDownLatch taken = new CountDownLatch(pieces.size());
        for (byte[] octets : pieces) {
            sessions.queue(new SmppSessions.Delivery() {
                @Override
                public void perform(SMPPServerSession session)
                        throws PDUException, ResponseTimeoutException, InvalidResponseException,
                                NegativeResponseException, IOException {
                    int esmClass = pieces.size() > 1 ? HAS_HEADER : 0;
                    deliver(session, customer.replace("+", ""), esmClass, plain ? 0 : UCS2, octets);
                }

                @Override
                public void taken() {
                    taken.countDown();
                }
            });
        }
        return await(taken, ANSWER_SECONDS) ? 200 : 0;
    }

    private static boolean await(CountDownLatch latch, long seconds) {
        try {
            return latch.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public Optional<String> why() {
        return Optional.of(
                sessions.count() == 0 ? "nobody is logged in; it is brought when somebody is" : "it is brought again");
    }

    /** Brings octets as they are, until they are taken. */
    public void brings(String customer, int esmClass, int coding, byte[] octets, OptionalParameter... parameters) {
        sessions.queue(session -> deliver(session, customer, esmClass, coding, octets, parameters));
    }

    /** The same by data_sm, which has its text in an optional parameter. */
    public void bringsData(String customer, int esmClass, int coding, OptionalParameter... parameters) {
        sessions.queue(session -> session.dataShortMessage(
                "",
                TypeOfNumber.INTERNATIONAL,
                NumberingPlanIndicator.ISDN,
                customer,
                TypeOfNumber.INTERNATIONAL,
                NumberingPlanIndicator.ISDN,
                NUMBER.substring(1),
                new ESMClass(esmClass),
                new RegisteredDelivery(0),
                new RawDataCoding((byte) coding),
                parameters));
    }

    private static void deliver(
            SMPPServerSession session,
            String from,
            int esmClass,
            int coding,
            byte[] octets,
            OptionalParameter... parameters)
            throws PDUException, ResponseTimeoutException, InvalidResponseException, NegativeResponseException,
                    IOException {
        session.deliverShortMessage(
                "",
                TypeOfNumber.INTERNATIONAL,
                NumberingPlanIndicator.ISDN,
                from,
                TypeOfNumber.INTERNATIONAL,
                NumberingPlanIndicator.ISDN,
                NUMBER.substring(1),
                new ESMClass(esmClass),
                (byte) 0,
                (byte) 0,
                new RegisteredDelivery(0),
                new RawDataCoding((byte) coding),
                octets,
                parameters);
    }

    /** Every submit_sm that was taken, in order. */
    public List<SubmitSm> submitted() {
        return List.copyOf(submitted);
    }

    /** Answers the next submit_sm with these, one after the other. */
    public void refuseNext(Integer... statuses) {
        refusals.addAll(List.of(statuses));
    }

    /** Answers logins with this from now on; 0 lets in whoever has the password. */
    public void refuseLogins(int status) {
        loginStatus = status;
    }

    /** Answers no submit_sm, until it is told otherwise. */
    public void silent(boolean now) {
        CountDownLatch before = silence;
        silence = now ? new CountDownLatch(1) : null;
        if (before != null) {
            before.countDown();
        }
    }

    /** Breaks all connections. */
    public void disconnect() {
        sessions.disconnect();
    }

    /** How many sessions are logged in. */
    public int logins() {
        return sessions.count();
    }

    @Override
    public List<Delivered> delivered() {
        return List.copyOf(delivered);
    }

    @Override
    public void listen(Consumer<String> next) {
        listener = next;
    }

    @Override
    public void close() {
        silent(false);
        sessions.close();
    }
}

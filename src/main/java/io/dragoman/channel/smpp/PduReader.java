// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jsmpp.DefaultPDUReader;
import org.jsmpp.InvalidCommandLengthException;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.Command;
import org.jsmpp.util.DefaultDecomposer;

/**
 * Reads what the SMS centre sends, and keeps three things from jsmpp that it does not bear: a length that takes all
 * memory, a deliver_sm whose fields do not end, and one that comes before jsmpp knows that it is logged in, which it
 * would refuse.
 */
final class PduReader extends DefaultPDUReader {
    /** A message_payload of 64 KB, and room for the rest. */
    private static final int LONGEST = 70_000;

    private static final int HEADER = 16;
    private static final Set<Integer> LOGIN_ANSWERS = Set.of(
            SMPPConstant.CID_BIND_TRANSCEIVER_RESP,
            SMPPConstant.CID_BIND_RECEIVER_RESP,
            SMPPConstant.CID_BIND_TRANSMITTER_RESP);
    /** No command has this number: it is answered with generic_nack. */
    private static final int UNREADABLE = 0x7fff;

    private final CountDownLatch bound = new CountDownLatch(1);
    private final long longestWait;
    private volatile boolean goodbye;
    private volatile int loginStatus;

    /** @param longestWait for the login, in milliseconds */
    PduReader(long longestWait) {
        this.longestWait = longestWait;
    }

    /** The session is logged in. */
    void bound() {
        bound.countDown();
    }

    /** The command_status of the answer to the login: jsmpp forgets it when the centre closes the connection after it. */
    int loginStatus() {
        return loginStatus;
    }

    /** Whether our unbind was answered. */
    boolean isGoodbye() {
        return goodbye;
    }

    @Override
    public Command readPDUHeader(DataInputStream in) throws InvalidCommandLengthException, IOException {
        int length = in.readInt();
        if (length < HEADER || length > LONGEST) {
            throw new IOException("a PDU of " + length + " octets"); // what follows cannot be found any more
        }
        Command header = new Command();
        header.setCommandLength(length);
        header.setCommandId(in.readInt());
        header.setCommandStatus(in.readInt());
        header.setSequenceNumber(in.readInt());
        return header;
    }

    @Override
    public byte[] readPDU(DataInputStream in, Command header) throws IOException {
        byte[] pdu = super.readPDU(in, header);
        if (LOGIN_ANSWERS.contains(header.getCommandId())) {
            loginStatus = header.getCommandStatus();
        }
        goodbye |= header.getCommandId() == SMPPConstant.CID_UNBIND_RESP;
        boolean data = header.getCommandId() == SMPPConstant.CID_DATA_SM;
        if (data || header.getCommandId() == SMPPConstant.CID_DELIVER_SM) {
            awaitBound();
            if (!isReadable(pdu, data)) {
                header.setCommandId(UNREADABLE);
            }
        }
        return pdu;
    }

    private void awaitBound() throws IOException {
        try {
            if (!bound.await(longestWait, TimeUnit.MILLISECONDS)) {
                throw new IOException("a deliver_sm without a login");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static boolean isReadable(byte[] pdu, boolean data) {
        DefaultDecomposer decomposer = new DefaultDecomposer();
        try {
            ShortMessage message =
                    data ? ShortMessage.of(decomposer.dataSm(pdu)) : ShortMessage.of(decomposer.deliverSm(pdu));
            return message.piece().number() > 0;
        } catch (PDUStringException | RuntimeException e) { // it counts on fields that end
            return false;
        }
    }
}

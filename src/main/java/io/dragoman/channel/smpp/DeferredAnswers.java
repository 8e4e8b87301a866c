// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import java.io.IOException;
import java.io.OutputStream;
import org.jsmpp.DefaultPDUSender;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.SynchronizedPDUSender;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.util.DefaultComposer;

/**
 * Holds back each deliver_sm_resp and data_sm_resp that says "taken", which jsmpp sends as soon as it has handed the message over: it goes
 * out when the message is stored. So no thread of jsmpp's has to wait for that.
 */
final class DeferredAnswers extends SynchronizedPDUSender {
    DeferredAnswers() {
        super(new DefaultPDUSender(new DefaultComposer()));
    }

    @Override
    public byte[] sendDeliverSmResp(OutputStream out, int status, int sequence, String id) throws IOException {
        return status == SMPPConstant.STAT_ESME_ROK ? new byte[0] : super.sendDeliverSmResp(out, status, sequence, id);
    }

    @Override
    public byte[] sendDataSmResp(OutputStream out, int status, int sequence, String id, OptionalParameter... parameters)
            throws PDUStringException, IOException {
        return status == SMPPConstant.STAT_ESME_ROK
                ? new byte[0]
                : super.sendDataSmResp(out, status, sequence, id, parameters);
    }

    /** Sends the answer to a deliver_sm that was held back. */
    void toDeliverSm(OutputStream out, int status, int sequence) throws IOException {
        super.sendDeliverSmResp(out, status, sequence, null);
    }

    /** The same for a data_sm. */
    void toDataSm(OutputStream out, int status, int sequence) throws IOException {
        try {
            super.sendDataSmResp(out, status, sequence, "");
        } catch (PDUStringException e) {
            throw new IllegalStateException("an empty id is one", e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import io.dragoman.connector.Account;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.SmsSender;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Receipt;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.Ignored;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A text of a customer, or a receipt for a message of ours. */
final class InboundReader {
    private final Account account;

    InboundReader(Account account) {
        this.account = account;
    }

    List<CustomerEvent> read(Request request) throws MalformedPayload {
        WholeMessage whole = WholeMessage.read(request.body());
        ShortMessage first = whole.pieces().get(0);
        return List.of(
                first.isReceipt() ? receipt(first, request.receivedAt()) : message(whole, first, request.receivedAt()));
    }

    private CustomerEvent message(WholeMessage whole, ShortMessage first, Instant at) throws MalformedPayload {
        SmsSender sender = SmppAddress.sender(account, first.source(), first.ton());
        Optional<String> text = new TextDecoder(account.get(SmppSettings.ALPHABET)).text(whole.pieces());
        if (text.isPresent()) {
            return sender.wroteOrOptedOut(whole.key(), at, JsonFields.clean(text.get()));
        }
        List<Part> parts = List.of(new Part.Unsupported("binary", Json.write(whole)));
        return new MessageReceived(
                whole.key(),
                at,
                sender.sender(),
                whole.key(),
                parts,
                null,
                Threading.NONE,
                sender.automatic(),
                null,
                null);
    }

    /** A receipt comes from whom the message went to; some centres leave the addresses as they were. */
    private CustomerEvent receipt(ShortMessage receipt, Instant at) throws MalformedPayload {
        ReceiptFields fields = ReceiptFields.of(receipt, account.get(SmppSettings.MESSAGE_IDS));
        SmsSender us = SmppAddress.sender(account, account.get(SmppSettings.FROM), -1);
        SmsSender source = SmppAddress.sender(account, receipt.source(), receipt.ton());
        String customer = source.equals(us)
                ? SmppAddress.sender(account, receipt.destination(), -1).value()
                : source.value();
        String key = fields.id() + "|" + fields.state();
        Status status = fields.status();
        if (status == null) {
            return new Ignored(key, at, "status.unknown", "the SMS centre does not know what became of a message");
        }
        boolean failed = status == Status.FAILED;
        return new Receipt(
                key,
                customer,
                at,
                fields.id(),
                status,
                failed ? fields.reason() : null,
                failed ? fields.detail() : null);
    }
}

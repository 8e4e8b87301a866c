// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.check;

import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.CustomerLookup;
import io.dragoman.connector.CustomerLookup.Answer;
import io.dragoman.connector.Outcome;
import io.dragoman.model.Identity;
import io.dragoman.model.Json;
import io.dragoman.yaml.Node;

/** A look-up of a customer: {@code ask}, the {@code request} that it must become, the {@code answer}, and what is {@code known} then. */
final class AskedCase {
    private static final Outcome ASKED = new Outcome.Sent(null);

    private final Connector connector;
    private final Account account;

    AskedCase(Connector connector, Account account) {
        this.connector = connector;
        this.account = account;
    }

    CaseResult run(String name, Node root) {
        CaseResult.Kind kind = CaseResult.Kind.OTHER;
        try {
            Node ask = SentCase.need(root, "ask");
            CannedTransport transport = CannedTransport.of(
                    root, connector, account, ReceivedCase.time(CaseJson.text(ask, "at", "2026-11-21T10:00:30Z")));
            Answer answer = ((CustomerLookup) connector).ask(account, address(ask), transport);
            kind = answer instanceof Answer.Failed ? CaseResult.Kind.REFUSAL : CaseResult.Kind.ASK;
            CaseJson.compare("known", CaseJson.text(root, "known", "null"), json(answer));
            RequestCheck.of(root, transport, ASKED, "sent");
            return new CaseResult(name, kind, null);
        } catch (CaseFailed e) {
            return new CaseResult(name, kind, e.getMessage());
        }
    }

    private static Identity address(Node ask) throws CaseFailed {
        for (String type : new String[] {Identity.EMAIL, Identity.PHONE}) {
            String value = CaseJson.text(ask, type, "");
            if (!value.isEmpty()) {
                return new Identity(type, value, true);
            }
        }
        throw new CaseFailed("ask must have email: or phone:, the address that is asked about");
    }

    /** What was found, {@code null} of who is not known there, a text of what failed. */
    private static String json(Answer answer) {
        if (answer instanceof Answer.Failed failed) {
            return Json.write(failed.why());
        }
        return answer instanceof Answer.Found found ? Json.write(found) : "null";
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.ProviderList;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the newest Cloud API has and this version does not know is a failing line with its name. */
final class NewestListsTest {
    @Test
    void everyErrorCodeHasAMeaning() throws IOException {
        ProviderList.of("whatsapp-errors").check(NewestListsTest::knowsCode);
        assertThat(knowsCode("999999")).isFalse();
    }

    @Test
    void everyFieldIsReadOrIgnoredByName() throws IOException {
        ProviderList.of("whatsapp-fields").check(NewestListsTest::knowsField);
        assertThat(knowsField("holograms")).isFalse();
    }

    @Test
    void everyMessageTypeIsReadOrIgnoredByName() throws Exception {
        ProviderList.of("whatsapp-types").check(NewestListsTest::knowsType);
        assertThat(knowsType("hologram")).isFalse();
    }

    @Test
    void everyStatusIsRead() throws IOException {
        ProviderList.of("whatsapp-statuses").check(NewestListsTest::knowsStatus);
        assertThat(knowsStatus("dancing")).isFalse();
    }

    /** Whether a message of a type, with the fields that any of them has, says more than that it came. */
    private static boolean knowsType(String type) {
        String fields =
                "'body':'x','text':'x','id':'1','mime_type':'image/png','latitude':1,'longitude':2,'payload':'p',"
                        + "'emoji':'+','message_id':'wamid.0','button_reply':{'id':'1','title':'t'},'name':{'first_name':'A'},"
                        + "'phones':[{'phone':'+4917000'}]";
        String content = type.equals("contacts") ? "[{" + fields + "}]" : "{" + fields + "}";
        return only("'messages':[{'from':'4917000','id':'wamid.1','timestamp':'1763719331','type':'" + type + "','"
                        + type + "':" + content + "}]")
                .filter(event -> !(event instanceof MessageReceived received)
                        || !(received.parts().get(0) instanceof Part.Unsupported))
                .isPresent();
    }

    private static boolean knowsStatus(String status) {
        return only("'statuses':[{'id':'wamid.1','recipient_id':'4917000','timestamp':'1763719331','status':'" + status
                        + "'}]")
                .filter(CustomerEvent.Receipt.class::isInstance)
                .isPresent();
    }

    /** The one event of a webhook, unless it is ignored as something that is not known. */
    private static Optional<CustomerEvent> only(String value) {
        String body =
                ("{'object':'whatsapp_business_account','entry':[{'id':'1','changes':[{'field':'messages','value':{"
                                + "'metadata':{'phone_number_id':'778'}," + value + "}}]}]}")
                        .replace('\'', '"');
        Account account = Accounts.account("https://graph.facebook.com");
        WhatsApp whatsApp = new WhatsApp();
        try {
            List<CustomerEvent> events = whatsApp.read(
                    account, whatsApp.verify(account, Accounts.signed(body.getBytes(StandardCharsets.UTF_8))));
            assertThat(events).hasSize(1);
            return Optional.of(events.get(0))
                    .filter(event -> !(event instanceof Ignored ignored)
                            || ignored.kind().startsWith("message."));
        } catch (AuthenticationFailed | MalformedPayload e) {
            throw new AssertionError(e);
        }
    }

    private static boolean knowsCode(String code) {
        return ErrorTable.CODES.find(Integer.valueOf(code)).isPresent();
    }

    private static boolean knowsField(String field) {
        return InboundReader.FIELDS.contains(field)
                || AccountNews.FIELDS.contains(field)
                || !IgnoredNews.why(field).contains("does not know");
    }
}

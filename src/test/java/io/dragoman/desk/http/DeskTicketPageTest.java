// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.connector.Desk;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Side;
import io.dragoman.connector.TicketPage;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the helpdesks of the shipped profiles show a ticket to agents. */
final class DeskTicketPageTest {
    private static final Map<String, Object> SETTINGS =
            Map.of("baseUrl", URI.create("https://help.example.com"), "accountId", 3, "token", new Secret("s"));

    @TempDir
    private Path home;

    private String page(String profile, Map<String, Object> settings, String reference) throws Exception {
        Account account = new Account(
                Side.DESK,
                "help",
                "http",
                settings,
                false,
                new Account.Installation(URI.create("https://gateway.example"), new Secret("k")));
        Desk desk = (Desk) new HttpDesk().profile(profile, home);
        return desk.ticketPage(account, reference).map(URI::toString).orElse("-");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            zammad,          17,        https://help.example.com/#ticket/zoom/17
            zendesk,         17,        https://help.example.com/agent/tickets/17
            freshdesk,       17,        https://help.example.com/a/tickets/17
            chatwoot,        17,        https://help.example.com/app/accounts/3/conversations/17
            freescout,       17,        https://help.example.com/conversation/17
            helpscout,       17,        https://secure.helpscout.net/conversation/17
            gorgias,         17,        https://help.example.com/app/ticket/17
            redmine,         17,        https://help.example.com/issues/17
            request-tracker, 17,        https://help.example.com/Ticket/Display.html?id=17
            jira-sm,         SUP-17,    https://help.example.com/browse/SUP-17
            odoo,            17,        https://help.example.com/mail/view?model=helpdesk.ticket&res_id=17
            servicenow,      9d38,      https://help.example.com/nav_to.do?uri=incident.do?sys_id=9d38
            salesforce,      500x,      https://help.example.com/500x
            front,           cnv_17,    https://app.frontapp.com/open/cnv_17
            hubspot,         17,        -
            intercom,        17,        -
            """)
    void profilesShouldKnowTheirPages(String profile, String reference, String page) throws Exception {
        assertThat(page(profile, SETTINGS, reference)).isEqualTo(page);
    }

    @Test
    void whatTheAccountSaysShouldCount() throws Exception {
        Map<String, Object> settings = new HashMap<>(SETTINGS);
        settings.put("ticketPage", new TicketPage("https://agents.example.com/t/{reference}"));
        assertThat(page("zammad", settings, "17")).isEqualTo("https://agents.example.com/t/17");
        assertThat(page("hubspot", settings, "17")).isEqualTo("https://agents.example.com/t/17");
    }

    @Test
    void aPasswordInTheAddressShouldStandInNoLink() throws Exception {
        Map<String, Object> settings = new HashMap<>(SETTINGS);
        settings.put("baseUrl", URI.create("https://ann:secret@help.example.com"));
        assertThat(page("zammad", settings, "17")).isEqualTo("-");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.Simulators;
import io.dragoman.simulator.gorgias.GorgiasSimulator;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketBuilder;
import io.dragoman.simulator.intercom.IntercomSimulator;
import io.dragoman.simulator.odoo.OdooSimulator;
import io.dragoman.simulator.servicenow.ServiceNowSimulator;
import io.dragoman.simulator.zendesk.ZendeskSimulator;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code desk test} finds beside a wrong secret: what is set up wrong at the helpdesk, and what it says to do. */
final class DeskFaultsTest {
    @TempDir
    private Path folder;

    private DeskTrial trial() {
        return new DeskTrial(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "intercom, 5017692, 5017693",
        "gorgias, 499, 799",
        "front, inb_none, tea_none",
        "servicenow, 00000000000000000000000000000001, 00000000000000000000000000000002",
        "zendesk, 360999, 9999",
        "odoo, 987, 988"
    })
    @DisplayName("a team and an assignee that are none there are found, with ours and the setting's name")
    void wrongMappingShouldFail(String kind, String team, String assignee) {
        try (Simulator simulator = started(kind)) {
            HelpdeskSimulator helpdesk = (HelpdeskSimulator) simulator;
            helpdesk.reportTo(DeskTrial.CALLBACK);
            Map<String, String> right = new HashMap<>(helpdesk.settings());
            right.putAll(helpdesk.sorting());
            DeskTrial trial = trial();
            assertThat(trial.test(right)).as(trial.said()).isZero();
            assertThat(check(trial, "teams")).contains("has all 1");
            assertThat(check(trial, "assignees")).contains("has all 1");
            Map<String, String> wrong = new HashMap<>(right);
            wrong.merge("teams", ", legal=" + team, String::concat);
            wrong.merge("assignees", ", tom=" + assignee, String::concat);
            assertThat(trial.test(wrong)).as(trial.said()).isEqualTo(1);
            assertThat(check(trial, "teams"))
                    .contains("failed", "legal=" + team + ": ", " in teams")
                    .doesNotContain("billing");
            assertThat(check(trial, "assignees"))
                    .contains("failed", "tom=" + assignee + ": ", " in assignees")
                    .doesNotContain("mara");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "read users, reading people",
        "read conversations, reading conversations",
        "write conversations, writing conversations"
    })
    @DisplayName("Intercom: a permission that the app lacks is found")
    void missingPermissionShouldFail(String permission, String check) {
        try (IntercomSimulator intercom = new IntercomSimulator(0)) {
            DeskTrial trial = trial();
            assertThat(trial.test(intercom.settings())).as(trial.said()).isZero();
            assertThat(check(trial, check)).contains("\"ok\"");
            intercom.without(permission);
            assertThat(trial.test(intercom.settings())).as(trial.said()).isEqualTo(1);
            assertThat(check(trial, check)).contains("failed", "Give the app the permission to");
            assertThat(intercom.tickets().all()).isEmpty();
        }
    }

    @Test
    @DisplayName("Intercom: the token of another workspace is found by its teammate, and the workspace is named")
    void otherWorkspaceShouldFail() {
        try (IntercomSimulator intercom = new IntercomSimulator(0)) {
            Map<String, String> settings = new HashMap<>(intercom.settings());
            settings.put("adminId", "900001");
            DeskTrial trial = trial();
            assertThat(trial.test(settings)).as(trial.said()).isEqualTo(1);
            assertThat(check(trial, "the teammate")).contains("failed", "adminId");
            assertThat(check(trial, "the access token")).contains("the workspace Simulated Shop (sim1mulated)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"trigger", "secret", "off", "elsewhere"})
    @DisplayName("Gorgias: an HTTP integration that cannot work is found, with what is wrong about it")
    void wrongIntegrationShouldFail(String fault) {
        Map<String, String> said = Map.of(
                "trigger", "messages created are not among its triggers",
                "secret", "its header X-Dragoman-Secret is not webhookSecret",
                "off", "it is switched off",
                "elsewhere", "none of 1 posts to " + DeskTrial.CALLBACK);
        Map<String, Consumer<ObjectNode>> faults = Map.of(
                "trigger", one -> one.withObject("/http/triggers").put("ticket-message-created", false),
                "secret", one -> one.withObject("/http/headers").put("X-Dragoman-Secret", "another"),
                "off", one -> one.put("deactivated_datetime", "2026-11-21T10:00:30"),
                "elsewhere", one -> one.withObject("/http").put("url", "https://old.example.com/desks/helpdesk"));
        try (GorgiasSimulator gorgias = new GorgiasSimulator(0)) {
            gorgias.reportTo(DeskTrial.CALLBACK);
            DeskTrial trial = trial();
            assertThat(trial.test(gorgias.settings())).as(trial.said()).isZero();
            assertThat(check(trial, "the HTTP integration")).contains("\"ok\"", "one posts to " + DeskTrial.CALLBACK);
            gorgias.changesIntegration(faults.get(fault));
            assertThat(trial.test(gorgias.settings())).as(trial.said()).isEqualTo(1);
            assertThat(check(trial, "the HTTP integration")).contains("failed", said.get(fault));
            assertThat(trial.said()).doesNotContain(gorgias.settings().get("webhookSecret"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("Zendesk: what mails requesters behind our back is named, unless it leaves tickets of the API out")
    void rulesThatMailRequestersShouldFail(boolean automation) {
        String check = automation ? "automations that mail requesters" : "triggers that mail requesters";
        try (ZendeskSimulator zendesk = new ZendeskSimulator(0)) {
            DeskTrial trial = trial();
            zendesk.mailsRequesters(automation, "Of mail alone", rule -> condition(rule, "via_id")
                    .put("operator", "is")
                    .put("value", "4"));
            zendesk.mailsRequesters(automation, "Not of the API", rule -> condition(rule, "via_id")
                    .put("operator", "is_not")
                    .put("value", "5"));
            zendesk.mailsRequesters(automation, "To agents", rule -> rule.withArray("/actions")
                    .withArray("/0/value")
                    .removeAll()
                    .add("assignee_id"));
            assertThat(trial.test(zendesk.settings())).as(trial.said()).isZero();
            zendesk.mailsRequesters(automation, "Notify requester of received request", rule -> {});
            assertThat(trial.test(zendesk.settings())).as(trial.said()).isEqualTo(1);
            assertThat(check(trial, check))
                    .contains("failed", "Notify requester of received request", "Channel is not Web service (API)")
                    .doesNotContain("Of mail alone", "Not of the API", "To agents");
        }
    }

    private static ObjectNode condition(ObjectNode rule, String field) {
        return rule.withArray("/conditions/all").addObject().put("field", field);
    }

    @Test
    @DisplayName("Odoo: stages that mail customers are named, and the customers counted whom Odoo mails")
    void whatOdooMailsShouldFail() {
        try (OdooSimulator odoo = new OdooSimulator(0)) {
            DeskTrial trial = trial();
            assertThat(trial.test(odoo.settings())).as(trial.said()).isZero();
            odoo.mailsFrom("Solved", "Helpdesk: Ticket Closed");
            assertThat(trial.test(odoo.settings())).as(trial.said()).isEqualTo(1);
            assertThat(check(trial, "stages that mail customers"))
                    .contains("failed", "Solved: Helpdesk: Ticket Closed", "Take the e-mail template off");
            assertThat(check(trial, "customers whom Odoo mails")).contains("\"ok\"");
            HelpdeskCustomer customer = odoo.tickets().add(HelpdeskCustomer.of("Ana", "ana@home.example", "", "ct-1"));
            Ticket draft = Ticket.from(customer.id(), "Hello", "New", "1");
            odoo.tickets().open(TicketBuilder.builder(draft).externalId("c-1").build());
            assertThat(trial.test(odoo.settings())).as(trial.said()).isEqualTo(1);
            assertThat(check(trial, "customers whom Odoo mails"))
                    .contains("failed", "the customers of 1 tickets of the gateway have an address")
                    .doesNotContain("ana@home.example");
            odoo.tickets().changeCustomer(customer.id(), change -> change.email(""));
            Map<String, String> otherTeam = new HashMap<>(odoo.settings());
            otherTeam.put("team", "987");
            assertThat(trial.test(otherTeam)).as(trial.said()).isZero();
        }
    }

    @Test
    @DisplayName("Odoo: stages of ours that are none there are found")
    void wrongStageShouldFail() {
        try (OdooSimulator odoo = new OdooSimulator(0)) {
            Map<String, String> settings = new HashMap<>(odoo.settings());
            settings.put("closedStage", "17");
            DeskTrial trial = trial();
            assertThat(trial.test(settings)).as(trial.said()).isEqualTo(1);
            assertThat(check(trial, "stages of ours")).contains("failed", "there are the stages 2 In Progress");
        }
    }

    @Test
    @DisplayName("ServiceNow: a group and a resolution code that are none there are found")
    void wrongWordsOfServiceNowShouldFail() {
        try (ServiceNowSimulator serviceNow = new ServiceNowSimulator(0)) {
            DeskTrial trial = trial();
            assertThat(trial.test(serviceNow.settings())).as(trial.said()).isZero();
            assertThat(check(trial, "the choices")).contains("\"ok\"");
            Map<String, String> settings = new HashMap<>(serviceNow.settings());
            settings.put("closeCode", "Solved (Permanently)");
            settings.put("group", "00000000000000000000000000000003");
            assertThat(trial.test(settings)).as(trial.said()).isEqualTo(1);
            assertThat(check(trial, "the choices"))
                    .contains("failed", "there is no resolution code Solved (Permanently)");
            assertThat(check(trial, "the group")).contains("failed", "sys_id of an active group as group");
        }
    }

    private static Simulator started(String kind) {
        var factory = Simulators.installed().get(kind);
        return factory.start(0, null, factory.sample());
    }

    /** What was printed of one check. */
    private static String check(DeskTrial trial, String name) {
        String said = trial.said();
        int at = said.indexOf("\"" + name + "\"");
        assertThat(at).as("%s in %s", name, said).isNotNegative();
        int end = said.indexOf("\"name\"", at + name.length());
        return said.substring(at, end < 0 ? said.length() : end);
    }
}

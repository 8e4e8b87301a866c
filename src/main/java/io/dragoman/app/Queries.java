// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app;

import io.dragoman.app.answers.AnswerQueries;
import io.dragoman.app.approval.ApprovalQueries;
import io.dragoman.app.audit.AuditQueries;
import io.dragoman.app.contact.ContactQueries;
import io.dragoman.app.contact.ContactTimeline;
import io.dragoman.app.deadletter.DeadLetterQueries;
import io.dragoman.app.explain.Explain;
import io.dragoman.app.measure.MeasureQueries;
import io.dragoman.app.orphan.OrphanQueries;
import io.dragoman.app.pause.PauseQueries;
import io.dragoman.app.person.PersonExport;
import io.dragoman.app.poll.PollQueries;
import io.dragoman.app.query.ConversationQueries;
import io.dragoman.app.query.ConversationSearch;
import io.dragoman.app.query.DeliveryQueries;
import io.dragoman.app.query.IgnoredQueries;
import io.dragoman.app.query.LedgerQueries;
import io.dragoman.app.report.ReportQueries;
import io.dragoman.app.trial.RuleComparison;
import io.dragoman.store.ReadAccess;
import io.dragoman.store.blob.MediaStore;

/** Everything that can be looked up, in a running gateway or beside it. */
public record Queries(
        ConversationQueries conversations,
        ContactQueries contacts,
        ContactTimeline timelines,
        PersonExport people,
        DeliveryQueries deliveries,
        DeadLetterQueries deadLetters,
        LedgerQueries ledger,
        IgnoredQueries ignored,
        ReportQueries reports,
        MeasureQueries measures,
        PauseQueries pauses,
        OrphanQueries orphans,
        AuditQueries audit,
        Explain explain,
        RuleComparison rules,
        AnswerQueries answers,
        ApprovalQueries approvals,
        PollQueries polls) {
    /** The queries of a store. */
    public static Queries of(ReadAccess store, MediaStore files, AccountLookup accounts, ConversationSearch search) {
        return new Queries(
                new ConversationQueries(store, search, accounts.tickets()),
                new ContactQueries(store),
                new ContactTimeline(store),
                new PersonExport(store, files),
                new DeliveryQueries(store),
                new DeadLetterQueries(store, files),
                new LedgerQueries(store),
                new IgnoredQueries(store),
                new ReportQueries(store),
                new MeasureQueries(store),
                new PauseQueries(store, accounts.configured()),
                new OrphanQueries(store),
                new AuditQueries(store),
                new Explain(store, accounts.insecure(), accounts.archive(), files::size, accounts.tickets()),
                new RuleComparison(store),
                new AnswerQueries(store),
                new ApprovalQueries(store),
                new PollQueries(store));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app;

import io.dragoman.app.agent.AgentCommands;
import io.dragoman.app.audit.AuditTrail;
import io.dragoman.app.contact.AttributeChanges;
import io.dragoman.app.contact.ContactService;
import io.dragoman.app.deadletter.DeadLetterService;
import io.dragoman.app.orphan.DeskMove;
import io.dragoman.app.pause.PauseService;
import io.dragoman.app.person.PersonErasure;

/** Everything that people change, by the API or by the command line. */
public record Commands(
        AgentCommands agents,
        DeadLetterService deadLetters,
        PauseService pauses,
        ContactService contacts,
        AttributeChanges attributes,
        DeskMove moves,
        PersonErasure erasures,
        AuditTrail audit) {}

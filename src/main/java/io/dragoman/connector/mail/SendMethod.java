// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

/** How mail goes out. */
public enum SendMethod {
    /** By a mail server. */
    SMTP,
    /** By Microsoft Graph, for tenants where SMTP is switched off. */
    GRAPH,
    /** By Google's API, likewise. */
    GMAIL
}

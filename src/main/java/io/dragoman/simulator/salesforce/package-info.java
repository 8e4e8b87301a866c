// SPDX-License-Identifier: Apache-2.0
/** A simulated Salesforce organisation: cases, mails, comments, contacts and files by the REST API, without webhooks. */
@NullMarked
package io.dragoman.simulator.salesforce;

import org.jspecify.annotations.NullMarked;

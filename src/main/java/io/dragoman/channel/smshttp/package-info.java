// SPDX-License-Identifier: Apache-2.0
/**
 * SMS by HTTP in Kannel's manner, at both ends: we are the service that Kannel calls (sms-service, dlr-url), and the client
 * of its sendsms.
 */
@org.jspecify.annotations.NullMarked
package io.dragoman.channel.smshttp;

-- SPDX-License-Identifier: Apache-2.0
-- Which delivery has been tried in vain the longest, for the figure of the longest waiting lane.
CREATE INDEX delivery_retry_since ON delivery(since) WHERE state='RETRY';

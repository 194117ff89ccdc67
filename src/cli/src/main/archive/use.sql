-- What commands do at their start. Java keeps the classes that this loads in the archive beside the jar.
IF NOT EXISTS (SELECT * FROM sys.service_queues WHERE name = 'NearQueue')
BEGIN
    CREATE MESSAGE TYPE Request VALIDATION = WELL_FORMED_XML;
    CREATE CONTRACT Sample (Request SENT BY INITIATOR);
    CREATE QUEUE NearQueue;
    CREATE SERVICE Near ON QUEUE NearQueue (Sample);
END
GO
DECLARE @h uniqueidentifier;
BEGIN DIALOG @h FROM SERVICE Near TO SERVICE 'Near' ON CONTRACT Sample WITH ENCRYPTION = OFF;
SEND ON CONVERSATION @h MESSAGE TYPE Request (N'<a/>');
RECEIVE TOP (1) message_body FROM NearQueue;
END CONVERSATION @h WITH CLEANUP;
PRINT CONVERT(varchar(30), GETDATE(), 126);
GO
SELECT name, is_receive_enabled FROM sys.service_queues;
SELECT conversation_handle, state_desc FROM sys.conversation_endpoints;
SELECT to_service_name, transmission_status FROM sys.transmission_queue;
GO

-- The forms of BEGIN DIALOG: plain, with a lifetime, a broker instance, a group, a related conversation, without encryption.
CREATE DATABASE Expenses;
CREATE DATABASE Desk WITH BROKER_INSTANCE = 'a326e034-d4cf-4e8b-8d98-4d7e1926c904';
GO
USE Desk;
CREATE MASTER KEY ENCRYPTION BY PASSWORD = 'told to nobody 1';
CREATE MESSAGE TYPE [//Adventure-Works.com/Expenses/SubmitExpense];
CREATE CONTRACT [//Adventure-Works.com/Expenses/ExpenseSubmission]
    ([//Adventure-Works.com/Expenses/SubmitExpense] SENT BY INITIATOR);
CREATE QUEUE DeskQueue;
CREATE SERVICE [//Adventure-Works.com/Expenses] ON QUEUE DeskQueue
    ([//Adventure-Works.com/Expenses/ExpenseSubmission]);
GO
USE Expenses;
ALTER DATABASE CURRENT SET TRUSTWORTHY ON;
CREATE MASTER KEY ENCRYPTION BY PASSWORD = 'told to nobody 2';
CREATE MESSAGE TYPE [//Adventure-Works.com/Expenses/SubmitExpense];
CREATE CONTRACT [//Adventure-Works.com/Expenses/ExpenseSubmission]
    ([//Adventure-Works.com/Expenses/SubmitExpense] SENT BY INITIATOR);
CREATE QUEUE ClientQueue;
CREATE SERVICE [//Adventure-Works.com/ExpenseClient] ON QUEUE ClientQueue;
GO
DECLARE @dialog_handle UNIQUEIDENTIFIER ;
BEGIN DIALOG CONVERSATION @dialog_handle
   FROM SERVICE [//Adventure-Works.com/ExpenseClient]
   TO SERVICE '//Adventure-Works.com/Expenses'
   ON CONTRACT [//Adventure-Works.com/Expenses/ExpenseSubmission] ;
IF @dialog_handle IS NOT NULL PRINT 'A'
GO
DECLARE @dialog_handle UNIQUEIDENTIFIER ;
BEGIN DIALOG CONVERSATION @dialog_handle
   FROM SERVICE [//Adventure-Works.com/ExpenseClient]
   TO SERVICE '//Adventure-Works.com/Expenses'
   ON CONTRACT [//Adventure-Works.com/Expenses/ExpenseSubmission]
   WITH LIFETIME = 60 ;
IF @dialog_handle IS NOT NULL PRINT 'B'
GO
DECLARE @dialog_handle UNIQUEIDENTIFIER ;
BEGIN DIALOG CONVERSATION @dialog_handle
   FROM SERVICE [//Adventure-Works.com/ExpenseClient]
   TO SERVICE '//Adventure-Works.com/Expenses', 'a326e034-d4cf-4e8b-8d98-4d7e1926c904'
   ON CONTRACT [//Adventure-Works.com/Expenses/ExpenseSubmission] ;
SEND ON CONVERSATION @dialog_handle MESSAGE TYPE [//Adventure-Works.com/Expenses/SubmitExpense] (N'for broker C') ;
GO
USE Desk
GO
DECLARE @expense NVARCHAR(MAX) ;
WAITFOR (RECEIVE @expense = message_body FROM DeskQueue), TIMEOUT 30000 ;
IF @expense = N'for broker C' PRINT 'C'
GO
USE Expenses
GO
-- as it is printed
DECLARE @dialog_handle UNIQUEIDENTIFIER ;
DECLARE @conversation_group_id UNIQUEIDENTIFIER ;
SET @conversation_group_id =
BEGIN DIALOG CONVERSATION @dialog_handle
   FROM SERVICE [//Adventure-Works.com/ExpenseClient]
   TO SERVICE '//Adventure-Works.com/Expenses'
   ON CONTRACT [//Adventure-Works.com/Expenses/ExpenseSubmission]
   WITH RELATED_CONVERSATION_GROUP = @conversation_group_id ;
GO
-- with a value
DECLARE @dialog_handle UNIQUEIDENTIFIER ;
DECLARE @conversation_group_id UNIQUEIDENTIFIER ;
SET @conversation_group_id = NEWID() ;
BEGIN DIALOG CONVERSATION @dialog_handle
   FROM SERVICE [//Adventure-Works.com/ExpenseClient]
   TO SERVICE '//Adventure-Works.com/Expenses'
   ON CONTRACT [//Adventure-Works.com/Expenses/ExpenseSubmission]
   WITH RELATED_CONVERSATION_GROUP = @conversation_group_id ;
IF @dialog_handle IS NOT NULL PRINT 'D'

DECLARE @existing_conversation_handle UNIQUEIDENTIFIER
SET @existing_conversation_handle = @dialog_handle
BEGIN DIALOG CONVERSATION @dialog_handle
   FROM SERVICE [//Adventure-Works.com/ExpenseClient]
   TO SERVICE '//Adventure-Works.com/Expenses'
   ON CONTRACT [//Adventure-Works.com/Expenses/ExpenseSubmission]
   WITH RELATED_CONVERSATION = @existing_conversation_handle
   LIFETIME = 600 ;
IF @dialog_handle <> @existing_conversation_handle PRINT 'E'
GO
-- as it is printed
DECLARE @dialog_handle UNIQUEIDENTIFIER
DECLARE @existing_conversation_handle UNIQUEIDENTIFIER
SET @existing_conversation_handle =
BEGIN DIALOG CONVERSATION @dialog_handle
   FROM SERVICE [//Adventure-Works.com/ExpenseClient]
   TO SERVICE '//Adventure-Works.com/Expenses'
   ON CONTRACT [//Adventure-Works.com/Expenses/ExpenseSubmission]
   WITH RELATED_CONVERSATION = @existing_conversation_handle
   LIFETIME = 600 ;
GO
DECLARE @dialog_handle UNIQUEIDENTIFIER
BEGIN DIALOG CONVERSATION @dialog_handle
   FROM SERVICE [//Adventure-Works.com/ExpenseClient]
   TO SERVICE '//Adventure-Works.com/Expenses'
   ON CONTRACT [//Adventure-Works.com/Expenses/ExpenseSubmission]
   WITH ENCRYPTION = OFF ;
IF @dialog_handle IS NOT NULL PRINT 'F'

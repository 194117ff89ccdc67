-- What procedures do with messages and tables, in one transaction.
CREATE DATABASE Orders;
GO
USE Orders;
CREATE TABLE dbo.Booked (Id INT IDENTITY(1, 1) PRIMARY KEY, Article NVARCHAR(50) NOT NULL, Pieces INT NOT NULL);
CREATE QUEUE OrderQueue;
CREATE SERVICE [Order] ON QUEUE OrderQueue ([DEFAULT]);
GO
CREATE PROCEDURE dbo.BookOrders AS
BEGIN
    SET NOCOUNT ON;
    SET XACT_ABORT ON;
    DECLARE @messages TABLE (Handle UNIQUEIDENTIFIER, Type sysname, Body XML, Place BIGINT);
    WHILE 1 = 1
    BEGIN
        BEGIN TRY
            BEGIN TRANSACTION;
            DELETE FROM @messages;
            WAITFOR (
                RECEIVE TOP (10) conversation_handle, message_type_name, CAST(message_body AS XML), queuing_order
                FROM OrderQueue INTO @messages
            ), TIMEOUT 50;
            IF NOT EXISTS (SELECT * FROM @messages)
            BEGIN
                ROLLBACK;
                BREAK;
            END
            INSERT INTO dbo.Booked (Article, Pieces)
                SELECT m.Body.value('(/order/@article)[1]', 'NVARCHAR(50)'), m.Body.value('(/order/@pieces)[1]', 'INT')
                FROM @messages m WHERE m.Type = N'DEFAULT' ORDER BY m.Place;
            COMMIT;
        END TRY
        BEGIN CATCH
            PRINT ERROR_MESSAGE();
            IF XACT_STATE() <> 0 ROLLBACK;
            RETURN 1;
        END CATCH
    END
    RETURN 0;
END
GO
DECLARE @h UNIQUEIDENTIFIER, @result INT;
BEGIN TRANSACTION;
BEGIN DIALOG @h FROM SERVICE [Order] TO SERVICE 'Order';
SEND ON CONVERSATION @h (N'<order article="apple" pieces="3"/>');
SAVE TRANSACTION two;
SEND ON CONVERSATION @h (N'<order article="pear" pieces="0"/>');
ROLLBACK TRANSACTION two;
SEND ON CONVERSATION @h (N'<order article="plum" pieces="12"/>');
COMMIT;
EXEC @result = BookOrders;
PRINT @result;
SELECT Id, Article, Pieces FROM Booked ORDER BY Id;
GO
-- a body that is no order: nothing is lost and nothing half done
DECLARE @h UNIQUEIDENTIFIER, @result INT;
BEGIN DIALOG @h FROM SERVICE [Order] TO SERVICE 'Order';
SEND ON CONVERSATION @h (N'<order article="nut" pieces="many"/>');
EXEC @result = BookOrders;
PRINT @result;
SELECT COUNT(*) AS Booked FROM Booked;
SELECT COUNT(*) AS Waiting FROM OrderQueue;
GO
ALTER PROCEDURE BookOrders AS RETURN 7;
GO
DECLARE @result INT;
EXECUTE @result = dbo.BookOrders;
PRINT @result;
IF OBJECT_ID('dbo.BookOrders', 'P') IS NOT NULL PRINT 'there';
DROP PROCEDURE BookOrders;
IF OBJECT_ID('dbo.BookOrders', 'P') IS NULL PRINT 'gone';
EXEC BookOrders;
GO
UPDATE Booked SET Pieces += 1 WHERE Article = N'apple';
SELECT TOP (1) Article + N': ' + CAST(Pieces AS NVARCHAR(10)) AS Line FROM Booked ORDER BY Id;
DECLARE @sum INT = 0;
SELECT @sum += Pieces FROM Booked;
PRINT @sum;
DELETE FROM Booked WHERE Pieces > 100;
DROP TABLE Booked;

-- The lines of the receipt, as the sheet 文件回执 has them.
select * from ing_receipt
order by receipt_no

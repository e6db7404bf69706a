CREATE USER 'reader'@'%' IDENTIFIED BY 'readpw12';
